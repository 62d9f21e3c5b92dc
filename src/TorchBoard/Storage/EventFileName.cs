namespace TorchBoard.Storage;

/// <summary>
/// Names of event files: <c>events.out.tfevents.SECONDS.HOST.PID.NUMBER</c> and a suffix. Readers take the files of a
/// run in the order of their names, so the seconds of a new file are never before those of existing files.
/// </summary>
internal static class EventFileName
{
    /// <summary>The text that the name of every event file contains, by any writer.</summary>
    public const string Marker = "tfevents";

    private const string Prefix = "events.out.tfevents.";

    /// <summary>The last ten-digit number; a number with eleven digits would sort before all others.</summary>
    private const long LastSeconds = 9_999_999_999;

    private static long _created = -1;

    /// <summary>Returns a name that is new in this process and sorts after the other event files of the run.</summary>
    /// <param name="latestSeconds">The largest <see cref="SecondsOf"/> of the run's files, or -1.</param>
    /// <param name="now">The current time.</param>
    /// <param name="suffix">The end of the name.</param>
    public static string Next(long latestSeconds, DateTimeOffset now, string suffix)
    {
        long seconds = Math.Min(Math.Max(now.ToUnixTimeSeconds(), latestSeconds + 1), LastSeconds);
        long number = Interlocked.Increment(ref _created);
        return $"{Prefix}{Digits(seconds, 10)}.{Host()}.{Digits(Environment.ProcessId)}.{Digits(number, 4)}{suffix}";
    }

    /// <summary>Formats a nonnegative number, padded with zeros.</summary>
    /// <remarks>By hand, because loading a culture takes a tenth of the startup time of the first writer.</remarks>
    public static string Digits(long number, int atLeast = 1)
    {
        Span<char> digits = stackalloc char[19];
        int first = digits.Length;
        for (; number > 0 || digits.Length - first < atLeast; number /= 10)
            digits[--first] = (char)('0' + (number % 10));
        return digits[first..].ToString();
    }

    /// <summary>Returns the seconds in the name of an event file, or -1.</summary>
    public static long SecondsOf(string fileName)
    {
        int at = fileName.IndexOf(Marker + ".", StringComparison.Ordinal);
        if (at < 0)
            return -1;

        long seconds = 0;
        int digits = 0;
        foreach (char digit in fileName.AsSpan(at + Marker.Length + 1))
        {
            if (!char.IsAsciiDigit(digit))
                break;
            if (++digits > 10)
                return -1;
            seconds = (seconds * 10) + (digit - '0');
        }

        return digits > 0 ? seconds : -1;
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
