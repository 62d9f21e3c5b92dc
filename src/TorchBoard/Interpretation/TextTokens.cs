using System.Globalization;
using System.Text;

namespace TorchBoard.Interpretation;

/// <summary>The tokens of a text, and what is between them.</summary>
internal sealed class TextTokens
{
    private readonly string _text;
    private readonly Range[] _ranges;

    private TextTokens(string text, Range[] ranges)
    {
        _text = text;
        _ranges = ranges;
        Tokens = Array.ConvertAll(ranges, range => text[range]);
    }

    public string[] Tokens { get; }

    public int Count => _ranges.Length;

    /// <summary>Finds the tokens, or splits the text in words if none are given.</summary>
    public static TextTokens Of(string text, IReadOnlyList<string>? tokens)
    {
        ArgumentNullException.ThrowIfNull(text);
        Range[] ranges = tokens is null ? [.. Words(text)] : Found(text, tokens);
        return ranges.Length > 0
            ? new TextTokens(text, ranges)
            : throw new ArgumentException("The text must have at least one token.", nameof(text));
    }

    /// <summary>Returns the text without the tokens whose number is 0.</summary>
    public string Without(ReadOnlySpan<float> isPresent, string replacement)
    {
        var text = new StringBuilder();
        int end = 0;
        for (int i = 0; i < _ranges.Length; i++)
        {
            (int start, int length) = _ranges[i].GetOffsetAndLength(_text.Length);
            ReadOnlySpan<char> between = _text.AsSpan(end..start);
            end = start + length;
            if (isPresent[i] != 0)
                text.Append(between).Append(_text, start, length);
            else if (replacement.Length > 0)
                text.Append(between).Append(replacement);
            else
                text.Append(between.TrimEnd());
        }

        text.Append(_text.AsSpan(end));
        return isPresent[0] == 0 && replacement.Length == 0 ? text.ToString().TrimStart() : text.ToString();
    }

    private static Range[] Found(string text, IReadOnlyList<string> tokens)
    {
        var ranges = new Range[tokens.Count];
        int end = 0;
        for (int i = 0; i < ranges.Length; i++)
        {
            string token = tokens[i];
            if (string.IsNullOrEmpty(token))
                throw new ArgumentException($"Tokens must not be empty; token {i} is.", nameof(tokens));
            int start = text.IndexOf(token, end, StringComparison.Ordinal);
            if (start < 0)
            {
                throw new ArgumentException(
                    $"Tokens must be parts of the text in its order; token {i}, '{token}', is not in '{text[end..]}'.",
                    nameof(tokens));
            }

            end = start + token.Length;
            ranges[i] = start..end;
        }

        return ranges;
    }

    private static List<Range> Words(string text)
    {
        List<Range> words = [];
        bool isOpen = false;
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            int end = at + rune.Utf16SequenceLength;
            bool isLetter = IsPartOfWord(rune) && !IsWordItself(rune);
            bool isNext = words.Count > 0 && words[^1].End.Value == at;
            if (isNext && (IsMark(rune) || (isOpen && (isLetter || JoinsWord(text, at)))))
            {
                words[^1] = words[^1].Start..end;
            }
            else if (!Rune.IsWhiteSpace(rune))
            {
                words.Add(at..end);
                isOpen = isLetter;
            }

            at = end;
        }

        return words;
    }

    private static bool IsPartOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || rune.Value == '_';

    // Marks, such as accents and the joiners of emoji, belong to the sign before them.
    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.Format;

    /// <summary>Returns whether an apostrophe or a point is between letters or digits: don't, 0.5.</summary>
    private static bool JoinsWord(string text, int at) =>
        text[at] is '\'' or '’' or '.' && at > 0 && at + 1 < text.Length
        && char.IsLetterOrDigit(text[at - 1]) && char.IsLetterOrDigit(text[at + 1]);

    /// <summary>Returns whether a character is written without spaces and means something alone: ideographs, kana.</summary>
    private static bool IsWordItself(Rune rune) => rune.Value
        is (>= 0x3041 and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF) or (>= 0x3400 and <= 0x4DBF)
        or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
