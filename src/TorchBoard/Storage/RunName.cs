using System.Globalization;
using System.Text;

namespace TorchBoard.Storage;

/// <summary>
/// Names of runs below others, made from names that users give. A name never leads out of the run that it is below, and
/// is one that every file system takes: a run that was written on Linux can be copied to Windows.
/// </summary>
internal static class RunName
{
    /// <summary>The longest name that common file systems take for a directory, in bytes.</summary>
    public const int MaxBytes = 255;

    /// <summary>The longest name of a sub-run, in bytes: the longest path that every system takes.</summary>
    private const int MaxSubRunBytes = 1024;

    /// <summary>The name of one series of AddScalars: <c>mainTag_series</c>, as PyTorch names it.</summary>
    public static string OfSeries(string mainTag, string series)
    {
        string name = Sanitize($"{mainTag}_{series}");
        int length = Encoding.UTF8.GetByteCount(name);
        if (length > MaxBytes)
        {
            throw new ArgumentException(
                $"The tag and the name of a series make the name of a directory, which has at most {MaxBytes} bytes; "
                + $"'{name[..32]}…' has {length}.",
                nameof(series));
        }

        return name;
    }

    /// <summary>Checks the name of a sub-run: names separated by slashes, each of which stays what it is.</summary>
    public static void ThrowIfInvalid(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) > MaxSubRunBytes)
        {
            throw new ArgumentException(
                $"The name of a sub-run has at most {MaxSubRunBytes} bytes; '{name[..32]}…' has "
                + $"{Encoding.UTF8.GetByteCount(name)}.",
                nameof(name));
        }

        foreach (string part in name.Split('/'))
        {
            if (part.Length == 0 || Sanitize(part) != part || Encoding.UTF8.GetByteCount(part) > MaxBytes)
            {
                throw new ArgumentException(
                    $"'{name}' is not a valid name of a sub-run. Give names of directories separated by '/', without "
                    + "control characters or any of \\ : * ? \" < > |, not beginning or ending with a dot or a space, "
                    + $"none that Windows reserves such as CON or NUL, each of at most {MaxBytes} bytes.",
                    nameof(name));
            }
        }
    }

    /// <summary>The name of a new run, as PyTorch names it: <c>Nov21_09-44-59_host</c> and a comment.</summary>
    public static string OfNewRun(DateTimeOffset localTime, string host, string comment) =>
        Sanitize(string.Create(CultureInfo.InvariantCulture, $"{localTime:MMMdd_HH-mm-ss}_{host}{comment}"));

    /// <summary>The name with an underscore for all that some file system takes for a separator or refuses.</summary>
    public static string Sanitize(string name)
    {
        string plain = WithoutRefused(name);
        string stem = plain.Split('.')[0].TrimEnd(' ');
        return IsReserved(stem) ? $"{stem}_{plain[stem.Length..]}" : plain;
    }

    // Names of devices on Windows, whatever follows a dot.
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
