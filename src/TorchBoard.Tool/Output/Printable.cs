namespace TorchBoard.Tool.Output;

/// <summary>Makes text from files safe for a terminal, which would interpret control characters.</summary>
internal static class Printable
{
    /// <summary>Returns the text in one line.</summary>
    public static string Line(string text) => Replace(text, keepLines: false);

    /// <summary>Returns the text with its line breaks and tabs.</summary>
    public static string Lines(string text) => Replace(text, keepLines: true);

    /// <summary>Returns the text in one line, truncated to a length.</summary>
    public static string Shortened(string text, int length)
    {
        string line = Line(text);
        return line.Length <= length ? line : string.Concat(line.AsSpan(0, length - 1), "…");
    }

    /// <summary>
    /// Whether a character has an effect beyond its glyph: a control character, one that changes the text direction, or
    /// one that some programs treat as a line break.
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
