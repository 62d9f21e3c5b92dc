using System.Globalization;

namespace TorchBoard.Files;

/// <summary>
/// Names of event files: <c>events.out.tfevents.SECONDS.HOST.PID.NUMBER</c> and a suffix. Readers take a run's
/// files in the order of their names, so a new file's seconds are never before those of the files already there.
/// </summary>
internal static class EventFileName
{
    public const string Marker = "tfevents";
    private const string Prefix = "events.out.tfevents.";

    /// <summary>The last ten-digit number: an eleventh digit would sort before all others.</summary>
    private const long LastSeconds = 9_999_999_999;

    private static long _created = -1;

    /// <summary>A name that no file of this process has had, sorted after the files of the directory.</summary>
    public static string Next(string directory, DateTimeOffset now, string suffix)
    {
        long seconds = Math.Min(Math.Max(now.ToUnixTimeSeconds(), LatestSeconds(directory) + 1), LastSeconds);
        long number = Interlocked.Increment(ref _created);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Prefix}{seconds:D10}.{Host()}.{Environment.ProcessId}.{number:D4}{suffix}");
    }

    /// <summary>The seconds in an event file's name, or -1.</summary>
    public static long SecondsOf(string fileName)
    {
        int at = fileName.IndexOf(Marker + ".", StringComparison.Ordinal);
        if (at < 0)
            return -1;
        ReadOnlySpan<char> rest = fileName.AsSpan(at + Marker.Length + 1);
        int end = rest.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> digits = end < 0 ? rest : rest[..end];

        return digits.Length <= 10 && long.TryParse(
            digits, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            ? seconds
            : -1;
    }

    private static long LatestSeconds(string directory)
    {
        long latest = -1;
        foreach (string path in Directory.EnumerateFiles(directory, $"*{Marker}*"))
            latest = Math.Max(latest, SecondsOf(Path.GetFileName(path)));
        return latest;
    }

    private static string Host()
    {
        string name = Environment.MachineName;
        if (name.Length == 0)
            return "localhost";

        char[] letters = name.ToCharArray();
        foreach (ref char letter in letters.AsSpan())
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_'))
                letter = '_';
        }

        return new string(letters);
    }
}
