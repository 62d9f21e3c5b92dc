using System.Globalization;
using System.Text;

namespace TorchBoard.Storage;

/// <summary>
/// Names of runs below others, from names that users choose. A name never leads out of the run it is below and is valid
/// on every file system: a run written on Linux can be copied to Windows.
/// </summary>
internal static class RunName
{
    /// <summary>The maximum length of a directory name on common file systems, in bytes.</summary>
    public const int MaxBytes = 255;

    /// <summary>The maximum length of a sub-run's name, in bytes: the longest path valid on every system.</summary>
    private const int MaxSubRunBytes = 1024;

    /// <summary>Returns the name of one series of AddScalars: <c>mainTag_series</c>, as in PyTorch.</summary>
    public static string OfSeries(string mainTag, string series)
    {
        string name = Sanitize($"{mainTag}_{series}");
        int length = Encoding.UTF8.GetByteCount(name);
        if (length > MaxBytes)
        {
            throw new ArgumentException(
                $"The tag and the name of a series form a directory name, which must have at most {MaxBytes} bytes; "
                + $"'{name[..32]}…' has {length}.",
                nameof(series));
        }

        return name;
    }

    /// <summary>Throws unless the name of a sub-run is valid: directory names separated by slashes.</summary>
    public static void ThrowIfInvalid(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) > MaxSubRunBytes)
        {
            throw new ArgumentException(
                $"The name of a sub-run must have at most {MaxSubRunBytes} bytes; '{name[..32]}…' has "
                + $"{Encoding.UTF8.GetByteCount(name)}.",
                nameof(name));
        }

        foreach (string part in name.Split('/'))
        {
            if (part.Length == 0 || Sanitize(part) != part || Encoding.UTF8.GetByteCount(part) > MaxBytes)
            {
                throw new ArgumentException(
                    $"'{name}' is not a valid name of a sub-run. Use directory names separated by '/', without control "
                    + "characters or any of \\ : * ? \" < > |, that do not begin or end with a dot or a space, are not "
                    + $"reserved by Windows (such as CON or NUL) and have at most {MaxBytes} bytes each.",
                    nameof(name));
            }
        }
    }

    /// <summary>Returns the name of a new run as in PyTorch: <c>Nov21_09-44-59_host</c> and a comment.</summary>
    public static string OfNewRun(DateTimeOffset localTime, string host, string comment) =>
        Sanitize(string.Create(CultureInfo.InvariantCulture, $"{localTime:MMMdd_HH-mm-ss}_{host}{comment}"));

    /// <summary>Replaces each character that is a separator or invalid on some file system by an underscore.</summary>
    public static string Sanitize(string name)
    {
        string plain = WithoutRefused(name);
        string stem = plain.Split('.')[0].TrimEnd(' ');
        return IsReserved(stem) ? $"{stem}_{plain[stem.Length..]}" : plain;
    }

    // Names of devices on Windows, with any extension.
    private static bool IsReserved(string stem) => stem.ToUpperInvariant() is "CON" or "PRN" or "AUX" or "NUL"
        or ['C', 'O', 'M', >= '0' and <= '9'] or ['L', 'P', 'T', >= '0' and <= '9'];

    private static string WithoutRefused(string name) => string.Create(name.Length, name, static (span, source) =>
    {
        for (int i = 0; i < span.Length; i++)
        {
            char c = source[i];
            bool refused = char.IsControl(c) || c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|'
                || (c is '.' or ' ' && (i == 0 || i == span.Length - 1));
            span[i] = refused ? '_' : c;
        }
    });
}
