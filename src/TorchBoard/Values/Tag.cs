using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace TorchBoard;

/// <summary>
/// The rules for a tag: not empty, and valid Unicode, because event files store UTF-8. Thread-safe.
/// </summary>
public static class Tag
{
    /// <summary>Returns the length of a tag in UTF-8.</summary>
    internal static int Utf8Length(string tag) => Encoding.UTF8.GetByteCount(tag);

    /// <summary>Writes a tag of <see cref="Utf8Length"/> bytes.</summary>
    /// <exception cref="ArgumentException">The tag is not valid Unicode.</exception>
    internal static void WriteUtf8(string tag, Span<byte> destination)
    {
        OperationStatus status = Utf8.FromUtf16(tag, destination, out _, out _, replaceInvalidSequences: false);
        if (status == OperationStatus.InvalidData)
            ThrowNotUnicode(tag, nameof(tag));
    }

    /// <summary>Throws unless a tag is valid. Every AddX method checks this first.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="argument">The name of the argument, for the message.</param>
    /// <exception cref="ArgumentException">The tag is null, empty or not valid Unicode.</exception>
    public static void ThrowIfInvalid(string tag, string argument = "tag")
    {
        ArgumentException.ThrowIfNullOrEmpty(tag, argument);
        ThrowIfNotUnicode(tag, argument);
    }

    /// <summary>Throws if a text contains a lone surrogate.</summary>
    internal static void ThrowIfNotUnicode(string text, string argument)
    {
        if (FirstLoneSurrogate(text) >= 0)
            ThrowNotUnicode(text, argument);
    }

    private static void ThrowNotUnicode(string text, string argument)
    {
        int at = FirstLoneSurrogate(text);
        throw new ArgumentException(
            $"The text is not valid Unicode: it has a lone surrogate U+{(int)text[at]:X4} at index {at}. "
            + "Event files store UTF-8; remove the surrogate or replace it with U+FFFD.",
            argument);
    }

    private static int FirstLoneSurrogate(ReadOnlySpan<char> text)
    {
        // Most texts are ASCII, for which the framework is fast from the first call on.
        if (Ascii.IsValid(text))
            return -1;
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                return i;
            i++;
        }

        return -1;
    }
}
