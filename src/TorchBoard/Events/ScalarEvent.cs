using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using TorchBoard.Records;

namespace TorchBoard.Events;

/// <summary>
/// The encoding of a scalar, by hand: it is the only event that is written millions of times, and this encoding does
/// not allocate. The value is a <c>simple_value</c> without metadata, which both of TensorBoard's readers accept.
/// </summary>
internal static class ScalarEvent
{
    /// <summary>
    /// An upper bound of the record's length: five lengths and a step of maximum size, and the tag, in which each
    /// character takes up to three bytes.
    /// </summary>
    public static int MaxRecordLength(string tag) => RecordFrame.Overhead + 64 + (3 * tag.Length);

    /// <summary>
    /// Reads a payload in the layout of <see cref="ScalarTemplate"/> and protobuf's own encoders; returns false for any
    /// other payload, which may still be a scalar.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> payload, out ScalarView scalar)
    {
        scalar = default;
        if (payload.Length <= 1 + sizeof(double) || payload[0] != WireKey.EventWallTime)
            return false;

        ReadOnlySpan<byte> rest = payload[(1 + sizeof(double))..];
        ulong step = 0;
        if (rest[0] == WireKey.EventStep)
        {
            int at = 0;
            byte next;
            do
            {
                if (++at > 10 || at == rest.Length)
                    return false;
                next = rest[at];
                step |= (ulong)(next & 0x7F) << (7 * (at - 1));
            }
            while (next >= 0x80);
            rest = rest[(at + 1)..];
        }

        // Each length takes one byte, as for tags of up to 118 bytes, and nothing follows the value.
        int length = rest.Length;
        if (length is < 11 or > 2 + 0x7F
            || rest[0] != WireKey.EventSummary || rest[1] != length - 2
            || rest[2] != WireKey.SummaryValue || rest[3] != length - 4
            || rest[4] != WireKey.ValueTag || rest[5] != length - 11
            || rest[length - 5] != WireKey.ValueSimpleValue)
        {
            return false;
        }

        scalar = new ScalarView
        {
            WallTime = BinaryPrimitives.ReadDoubleLittleEndian(payload[1..]),
            Step = (long)step,
            Tag = rest[6..(length - 5)],
            Value = BinaryPrimitives.ReadSingleLittleEndian(rest[(length - 4)..]),
            Size = length - 4,
        };
        return true;
    }
}
