namespace TorchBoard.Storage;

/// <summary>
/// Names of event files: <c>events.out.tfevents.SECONDS.HOST.PID.NUMBER</c> and a suffix. Readers take the files of a
/// run in the order of their names, so the name of a new file sorts after those of existing files, by any writer.
/// </summary>
internal static class EventFileName
{
    /// <summary>The text that the name of every event file contains, by any writer.</summary>
    public const string Marker = "tfevents";

    /// <summary>The start of the names that TensorBoard's writers and this library give.</summary>
    public const string Start = "events.out.tfevents.";

    /// <summary>The last number with ten digits.</summary>
    private const long LastSeconds = 9_999_999_999;

    private static long _created;

    /// <summary>Returns a name that is new in this process and sorts after the other event files of the run.</summary>
    /// <param name="last">The last of the other files' names in ordinal order, by any writer; null if there is none.</param>
    /// <param name="now">The current time.</param>
    /// <param name="suffix">The end of the name.</param>
    public static string Next(string? last, DateTimeOffset now, string suffix)
    {
        string start = Start + Digits(Math.Clamp(now.ToUnixTimeSeconds(), 0, LastSeconds), 10);
        if (string.CompareOrdinal(start, last) <= 0)
            start = After(last!);
        long number = Interlocked.Increment(ref _created) - 1;
        return $"{start}.{Host(Environment.MachineName)}.{Digits(Environment.ProcessId)}.{Digits(number, 4)}{suffix}";
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

    // The start of names that sort after a name, whatever follows. Preferably with the next number of as many digits.
    private static string After(string name)
    {
        int marked = name.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length;
        int first = Math.Min(marked + 1, name.Length);
        int end = first;
        while (end < name.Length && char.IsAsciiDigit(name[end]))
            end++;

        string next = end > first ? name[..first] + Incremented(name[first..end]) : $"{name[..marked]}~0";
        return string.CompareOrdinal(next, name) > 0 ? next : $"{name}~";
    }

    // Nines only get one more digit, which sorts after the point that follows the number in the usual names.
    private static string Incremented(string digits)
    {
        int last = digits.AsSpan().LastIndexOfAnyExcept('9');
        return last < 0
            ? digits + '0'
            : $"{digits[..last]}{(char)(digits[last] + 1)}{new string('0', digits.Length - last - 1)}";
    }

    /// <summary>Returns the part of the name for a machine, whose characters are valid on every file system.</summary>
    public static string Host(string machine)
    {
        if (machine.Length == 0)
            return "localhost";

        char[] letters = machine.ToCharArray();
        for (int i = 0; i < letters.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(letters[i]) && letters[i] is not ('-' or '_'))
                letters[i] = '_';
        }

        return new string(letters);
    }
}
