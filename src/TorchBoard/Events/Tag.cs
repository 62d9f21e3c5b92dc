using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;

namespace TorchBoard.Events;

/// <summary>What a tag must be: not empty, and text that UTF-8 can say.</summary>
internal static class Tag
{
    /// <summary>The length of a tag in UTF-8.</summary>
    public static int Utf8Length(string tag) => Encoding.UTF8.GetByteCount(tag);

    /// <summary>Writes a tag of that many bytes; false where it has more.</summary>
    /// <exception cref="ArgumentException">The tag is no valid Unicode.</exception>
    public static bool TryWriteUtf8(string tag, Span<byte> destination)
    {
        if (tag.Length == destination.Length && TryWriteAscii(tag, destination))
            return true;
        OperationStatus status = Utf8.FromUtf16(tag, destination, out _, out _, replaceInvalidSequences: false);
        if (status == OperationStatus.InvalidData)
            ThrowNotUnicode(tag, nameof(tag));
        return status == OperationStatus.Done;
    }

    /// <summary>Throws unless the text is non-empty, valid Unicode.</summary>
    public static void ThrowIfInvalid(string tag, string argument = "tag")
    {
        ArgumentException.ThrowIfNullOrEmpty(tag, argument);
        ThrowIfNotUnicode(tag, argument);
    }

    /// <summary>Throws where a text holds half of a surrogate pair.</summary>
    public static void ThrowIfNotUnicode(string text, string argument)
    {
        if (FirstLoneSurrogate(text) >= 0)
            ThrowNotUnicode(text, argument);
    }

    // Eight letters at a time, the last eight once more where they are not as many: for a tag's few letters that is
    // twice as fast as the framework's way for texts of any length.
    private static bool TryWriteAscii(string tag, Span<byte> destination)
    {
        ref ushort letters = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(tag.AsSpan()));
        ref byte bytes = ref MemoryMarshal.GetReference(destination);
        int last = tag.Length - Vector128<ushort>.Count;
        if (last < 0)
            return Ascii.FromUtf16(tag, destination, out _) == OperationStatus.Done;

        Vector128<ushort> all = Vector128<ushort>.Zero;
        for (int i = 0; ; i = Math.Min(i + Vector128<ushort>.Count, last))
        {
            Vector128<ushort> eight = Vector128.LoadUnsafe(ref letters, (nuint)i);
            all |= eight;
            Unsafe.WriteUnaligned(
                ref Unsafe.Add(ref bytes, i), Vector128.Narrow(eight, eight).AsUInt64().ToScalar());
            if (i == last)
                return (all & Vector128.Create((ushort)0xFF80)) == Vector128<ushort>.Zero;
        }
    }

    private static void ThrowNotUnicode(string text, string argument)
    {
        int at = FirstLoneSurrogate(text);
        throw new ArgumentException(
            $"The text is no valid Unicode: a lone surrogate U+{(int)text[at]:X4} at index {at}. "
            + "Event files hold UTF-8; remove it or replace it by U+FFFD.",
            argument);
    }

    private static int FirstLoneSurrogate(ReadOnlySpan<char> text)
    {
        for (int i = text.IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
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
