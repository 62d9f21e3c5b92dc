using System.Globalization;
using System.Text;

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

    /// <summary>Whether a text contains a character that <see cref="Line"/> replaces.</summary>
    public static bool HasCommand(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsCommand(rune))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether a character has an effect beyond its glyph, or none: a control character, one that changes the text
    /// direction, one that some programs treat as a line break, or one without a width, by which names that look the
    /// same differ.
    /// </summary>
    public static bool IsCommand(Rune rune) => rune.Value >= 0x7F
        ? Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator || IsInvisible(rune.Value)
        : rune.Value < ' ';

    // The characters that Unicode lists as "default ignorable", other than those of the category Format: joiners,
    // Hangul fillers, Khmer vowels, variation selectors, tags; and the blank Braille pattern.
    private static bool IsInvisible(int c) => c is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5
        or (>= 0x180B and <= 0x180F) or 0x2065 or 0x2800 or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0
        or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF);

    private static string Replace(string text, bool keepLines)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return text;
        var shown = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            // A surrogate without its other half is already replaced.
            if (!IsCommand(rune) || (keepLines && rune.Value is '\n' or '\t'))
                shown.Append(rune.ToString());
            else
                shown.Append(rune.Value is '\n' or '\t' or '\r' ? ' ' : '\uFFFD');
        }

        return shown.ToString();
    }
}
