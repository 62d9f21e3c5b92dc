using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchBoard.Events;

/// <summary>
/// Writes the protobuf wire format into a span, without checks: the caller ensures that there is room.
/// </summary>
internal ref struct WireWriter(Span<byte> destination)
{
    /// <summary>The number of bytes written so far.</summary>
    public int Position;

    private readonly ref byte _first = ref MemoryMarshal.GetReference(destination);

    /// <summary>Returns the length of <paramref name="value"/> as a varint.</summary>
    public static int VarintLength(ulong value) =>
        value < 0x80 ? 1 : (64 + 6 - BitOperations.LeadingZeroCount(value)) / 7;

    /// <summary>
    /// Returns the length of a field of that many bytes, with its one-byte key and its length prefix.
    /// </summary>
    public static int FieldLength(int length) => 1 + VarintLength((uint)length) + length;

    public void Byte(byte value) => Unsafe.Add(ref _first, Position++) = value;

    public void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    public void Double(double value)
    {
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref _first, Position), value);
        Position += sizeof(double);
    }

    public void Single(float value)
    {
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref _first, Position), value);
        Position += sizeof(float);
    }

    /// <summary>Reserves the next <paramref name="length"/> bytes for the caller to fill.</summary>
    public Span<byte> Take(int length)
    {
        Span<byte> taken = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _first, Position), length);
        Position += length;
        return taken;
    }
}
