using System.Buffers.Binary;

namespace TorchBoard.Events;

/// <summary>Writes protobuf wire format into a span; the caller has made sure of the room.</summary>
internal ref struct WireWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    public int Position { get; private set; }

    /// <summary>The length of <paramref name="value"/> as a varint.</summary>
    public static int VarintLength(ulong value) => (64 + 6 - System.Numerics.BitOperations.LeadingZeroCount(value | 1)) / 7;

    public void Byte(byte value) => _destination[Position++] = value;

    public void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            _destination[Position++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _destination[Position++] = (byte)value;
    }

    public void Double(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(_destination[Position..], value);
        Position += sizeof(double);
    }

    public void Single(float value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(_destination[Position..], value);
        Position += sizeof(float);
    }

    /// <summary>Claims the next <paramref name="length"/> bytes for the caller to fill.</summary>
    public Span<byte> Take(int length)
    {
        Span<byte> taken = _destination.Slice(Position, length);
        Position += length;
        return taken;
    }
}
