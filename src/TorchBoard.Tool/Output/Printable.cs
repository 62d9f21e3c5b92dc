namespace TorchBoard.Tool.Output;

/// <summary>Text from files as a terminal may be given it: control characters would command it.</summary>
internal static class Printable
{
    /// <summary>In one line.</summary>
    public static string Line(string text) => Replace(text, keepLines: false);

    /// <summary>With its lines and tabs.</summary>
    public static string Lines(string text) => Replace(text, keepLines: true);

    /// <summary>In one line, the end of a text that is too long left out.</summary>
    public static string Shortened(string text, int length)
    {
        string line = Line(text);
        return line.Length <= length ? line : string.Concat(line.AsSpan(0, length - 1), "…");
    }

    /// <summary>
    /// Whether a character does anything but stand there: a control character, one that turns the direction of what
    /// follows, or one that some take for a new line.
    /// </summary>
    public static bool IsCommand(char c) => char.IsControl(c)
        || c is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static string Replace(string text, bool keepLines)
    {
        char[] shown = text.ToCharArray();
        for (int i = 0; i < shown.Length; i++)
        {
            char c = shown[i];
            if (char.IsHighSurrogate(c) && i + 1 < shown.Length && char.IsLowSurrogate(shown[i + 1]))
                i++;
            else if (char.IsSurrogate(c) || (IsCommand(c) && !(keepLines && c is ('\n' or '\t'))))
                shown[i] = c is '\n' or '\t' or '\r' ? ' ' : '\uFFFD';
        }

        return new string(shown);
    }
}
