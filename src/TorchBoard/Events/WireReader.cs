using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace TorchBoard.Events;

/// <summary>
/// Reads the protobuf wire format from a span. When something is malformed, it sets <see cref="Failed"/> and reads
/// nothing more.
/// </summary>
internal ref struct WireReader(ReadOnlySpan<byte> source)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private int _at;

    public bool Failed { get; private set; }

    /// <summary>The number of bytes read.</summary>
    public readonly int Position => _at;

    /// <summary>Reads the key of the next field: number &lt;&lt; 3 | wire type. Returns false at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Next(out uint key)
    {
        key = 0;
        if (_at >= _source.Length)
            return false;
        byte first = _source[_at];
        if (first is >= 1 << 3 and < 0x80)
        {
            _at++;
            key = first;
            return true;
        }

        ulong value = Varint();
        if (value >> 3 is 0 or > 0x1FFF_FFFF)
            return Fail();
        key = (uint)value;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Varint()
    {
        if (_at < _source.Length && _source[_at] < 0x80)
            return _source[_at++];
        return LongVarint();
    }

    public double Double() => BitConverter.Int64BitsToDouble(
        Take(sizeof(double)) is { Length: > 0 } bytes ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0);

    public float Single() =>
        Take(sizeof(float)) is { Length: > 0 } bytes ? BinaryPrimitives.ReadSingleLittleEndian(bytes) : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Bytes()
    {
        ulong length = Varint();
        if (length <= (ulong)(_source.Length - _at))
            return Take((int)length);
        Fail();
        return default;
    }

    /// <summary>Skips a field.</summary>
    public void Skip(uint key)
    {
        switch (key & 7)
        {
            case 0:
                Varint();
                break;
            case 1:
                Take(8);
                break;
            case 2:
                Bytes();
                break;
            case 5:
                Take(4);
                break;
            default:
                Fail();
                break;
        }
    }

    private ulong LongVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64 && _at < _source.Length; shift += 7)
        {
            byte next = _source[_at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        Fail();
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _source.Length - _at)
        {
            Fail();
            return default;
        }

        ReadOnlySpan<byte> taken = _source.Slice(_at, length);
        _at += length;
        return taken;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Fail()
    {
        Failed = true;
        _at = _source.Length;
        return false;
    }
}
