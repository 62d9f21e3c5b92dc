using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace TorchBoard;

/// <summary>
/// The rules for a tag: not empty, valid Unicode, because event files store UTF-8, and not a name that TensorBoard's
/// page cannot show. Thread-safe.
/// </summary>
public static class Tag
{
    /// <summary>Returns the length of a tag in UTF-8.</summary>
    internal static int Utf8Length(string tag) => Encoding.UTF8.GetByteCount(tag);

    /// <summary>Writes a tag of <see cref="Utf8Length"/> bytes.</summary>
    /// <exception cref="ArgumentException">The tag is not valid Unicode.</exception>
    internal static void WriteUtf8(string tag, Span<byte> destination)
    {
        OperationStatus status = Utf8.FromUtf16(Characters(tag), destination, out _, out _, replaceInvalidSequences: false);
        if (status == OperationStatus.InvalidData)
            ThrowNotUnicode(tag, nameof(tag));
    }

    /// <summary>Throws unless a tag is valid. Every AddX method checks this first.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="argument">The name of the argument, for the message.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or the tag or its part before the first slash is a name that every
    /// JavaScript object has, such as <c>constructor</c>.
    /// </exception>
    public static void ThrowIfInvalid(string tag, string argument = "tag")
    {
        ThrowIfNotText(tag, argument);
        ThrowIfReserved(tag, argument);
    }

    /// <summary>Throws if a text is null, empty or not valid Unicode.</summary>
    internal static void ThrowIfNotText(string text, string argument)
    {
        ArgumentException.ThrowIfNullOrEmpty(text, argument);
        ThrowIfNotUnicode(text, argument);
    }

    /// <summary>Whether TensorBoard's page cannot show a tag or its group.</summary>
    internal static bool IsReserved(string tag)
    {
        int slash = tag.IndexOf('/', StringComparison.Ordinal);
        ReadOnlySpan<char> group = Characters(tag);
        return IsPropertyOfObject(slash < 0 ? group : group[..slash]);
    }

    /// <summary>Throws if TensorBoard's page cannot show a tag or its group.</summary>
    internal static void ThrowIfReserved(string tag, string argument)
    {
        if (IsReserved(tag))
            ThrowReserved(tag, argument);
    }

    /// <summary>Throws if TensorBoard's page cannot show the curves of a run.</summary>
    internal static void ThrowIfReservedRun(string run, string argument)
    {
        if (IsPropertyOfObject(run))
        {
            throw new ArgumentException(
                $"TensorBoard's page cannot show a run named '{run}', the name of a property that every JavaScript "
                + "object has. Use another name.",
                argument);
        }
    }

    /// <summary>Throws if TensorBoard cannot serve the files of a tag, such as pictures and clips.</summary>
    internal static void ThrowIfNotBlobName(string tag, string argument)
    {
        int at = tag.AsSpan().IndexOfAnyInRange('\0', '\u001F');
        if (at < 0)
            at = tag.AsSpan().IndexOfAny('"', '\\');
        if (at >= 0)
        {
            throw new ArgumentException(
                $"The tag contains U+{(int)tag[at]:X4} at index {at}. TensorBoard's data server answers requests for "
                + "pictures, audio clips and graphs of such a tag with an error (400). Remove quotation marks, "
                + "backslashes and control characters.",
                argument);
        }
    }

    /// <summary>
    /// Whether a name is a property of every JavaScript object. The page looks groups up in plain objects, where such
    /// a name finds the property.
    /// </summary>
    private static bool IsPropertyOfObject(ReadOnlySpan<char> name) =>
        name.Length >= "valueOf".Length && IsLongPropertyOfObject(name);

    private static bool IsLongPropertyOfObject(ReadOnlySpan<char> name) => name is "constructor" or "hasOwnProperty"
        or "isPrototypeOf" or "propertyIsEnumerable" or "toLocaleString" or "toString" or "valueOf" or "__proto__"
        or "__defineGetter__" or "__defineSetter__" or "__lookupGetter__" or "__lookupSetter__";

    /// <summary>Throws if a text contains a lone surrogate.</summary>
    internal static void ThrowIfNotUnicode(string text, string argument)
    {
        if (FirstLoneSurrogate(text) >= 0)
            ThrowNotUnicode(text, argument);
    }

    // AsSpan, and the conversion, would load another assembly for the first scalar.
    private static ReadOnlySpan<char> Characters(string text) =>
        MemoryMarshal.CreateReadOnlySpan(in text.GetPinnableReference(), text.Length);

    private static void ThrowReserved(string tag, string argument) => throw new ArgumentException(
        $"The tag '{tag}' would leave TensorBoard's page blank: the part before the first slash is the name of "
        + "a property that every JavaScript object has. Use another name.",
        argument);

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
