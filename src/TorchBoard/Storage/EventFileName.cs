namespace TorchBoard.Storage;

/// <summary>
/// Names of event files: <c>events.out.tfevents.SECONDS.HOST.PID.NUMBER</c> and a suffix. Readers take a run's
/// files in the order of their names, so a new file's seconds are never before those of the files already there.
/// </summary>
internal static class EventFileName
{
    /// <summary>What the name of every event file contains, whoever wrote it.</summary>
    public const string Marker = "tfevents";

    private const string Prefix = "events.out.tfevents.";

    /// <summary>The last ten-digit number: an eleventh digit would sort before all others.</summary>
    private const long LastSeconds = 9_999_999_999;

    private static long _created = -1;

    /// <summary>A name that no file of this process has had, sorted after the other event files of its run.</summary>
    /// <param name="latestSeconds">The largest <see cref="SecondsOf"/> of the run's files, or -1.</param>
    /// <param name="now">The time.</param>
    /// <param name="suffix">The end of the name.</param>
    public static string Next(long latestSeconds, DateTimeOffset now, string suffix)
    {
        long seconds = Math.Min(Math.Max(now.ToUnixTimeSeconds(), latestSeconds + 1), LastSeconds);
        long number = Interlocked.Increment(ref _created);
        return $"{Prefix}{Digits(seconds, 10)}.{Host()}.{Digits(Environment.ProcessId)}.{Digits(number, 4)}{suffix}";
    }

    /// <summary>A number that is not negative, with zeros before it where it has fewer digits.</summary>
    /// <remarks>By hand, as to load a culture is a tenth of what the first writer of a process costs.</remarks>
    public static string Digits(long number, int atLeast = 1)
    {
        Span<char> digits = stackalloc char[19];
        int first = digits.Length;
        for (; number > 0 || digits.Length - first < atLeast; number /= 10)
            digits[--first] = (char)('0' + (number % 10));
        return digits[first..].ToString();
    }

    /// <summary>The seconds in an event file's name, or -1.</summary>
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
