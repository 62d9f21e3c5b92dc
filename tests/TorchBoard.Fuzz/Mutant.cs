using System.Buffers.Binary;

namespace TorchBoard.Fuzz;

/// <summary>A damaged event file, created reproducibly from a corpus file, a seed and a number.</summary>
internal sealed class Mutant
{
    private const int MostRecords = 40;
    private const int MostBytes = 1 << 18;

    private static readonly ulong[] Lengths =
        [0, 1, 7, 16, 255, 1 << 16, int.MaxValue - 80, int.MaxValue, 1UL << 32, 1UL << 63, ulong.MaxValue];

    private readonly Random _random;
    private readonly Corpus _corpus;
    private List<byte[]> _records;

    private Mutant(Corpus corpus, int seed, long number)
    {
        _random = new Random(HashOf(seed, number));
        _corpus = corpus;
        _records = Some();
        Original = [.. _records];
        int changes = _random.Next(1, 5);
        for (int i = 0; i < changes; i++)
            ChangeRecords();
        byte[] bytes = [.. _records.SelectMany(record => record)];
        if (_random.Next(2) == 0)
            bytes = ChangeBytes(bytes);
        Bytes = bytes.Length > MostBytes ? bytes[..MostBytes] : bytes;
    }

    /// <summary>The records of the undamaged file.</summary>
    public IReadOnlyList<byte[]> Original { get; }

    public byte[] Bytes { get; }

    public static Mutant Of(Corpus corpus, int seed, long number) => new(corpus, seed, number);

    // A few consecutive records, so that inputs are small and numerous.
    private List<byte[]> Some()
    {
        List<byte[]> file = _corpus.Files[_random.Next(_corpus.Files.Length)];
        int count = Math.Min(file.Count, _random.Next(1, MostRecords));
        int from = _random.Next(file.Count - count + 1);
        return [.. file.Skip(from).Take(count)];
    }

    private void ChangeRecords()
    {
        int at = _random.Next(_records.Count);
        switch (_random.Next(10))
        {
            case 0:
                int other = _random.Next(_records.Count);
                (_records[at], _records[other]) = (_records[other], _records[at]);
                break;
            case 1:
                _records.InsertRange(at, Enumerable.Repeat(_records[at], _random.Next(1, 50)));
                break;
            case 2:
                _records.InsertRange(at, Some());
                break;
            case 3:
                ulong? falseLength = _random.Next(2) == 0 ? null : Lengths[_random.Next(Lengths.Length)];
                _records[at] = Framed(new byte[_random.Next(4)], falseLength);
                break;
            case 4:
                _records[at] = Framed(Payload(at), Lengths[_random.Next(Lengths.Length)]);
                break;
            default:
                _records[at] = Framed(ChangedPayload(Payload(at)), null);
                break;
        }

        if (_records.Count > 200)
            _records = [.. _records.Take(200)];
    }

    private byte[] Payload(int at) => _records[at].Length >= 16 ? _records[at][12..^4] : [];

    // Valid checksums around invalid content, which passes the framing.
    private byte[] ChangedPayload(byte[] payload)
    {
        int changes = _random.Next(1, 4);
        for (int i = 0; i < changes; i++)
        {
            int at = _random.Next(payload.Length + 1);
            int length = _random.Next(Math.Min(payload.Length - at, 64) + 1);
            payload = _random.Next(6) switch
            {
                0 => [.. payload[..at], .. Noise(length), .. payload[(at + length)..]],
                1 => [.. payload[..at], .. Enumerable.Repeat((byte)0xFF, _random.Next(9)), 1, .. payload[at..]],
                2 => [.. payload[..at], .. Repeated(payload.AsSpan(at, length)), .. payload[at..]],
                3 => [.. payload[..at], .. payload[(at + length)..]],
                4 => Nested(payload, _random.Next(1, 200)),
                _ => Flipped(payload),
            };
        }

        return payload;
    }

    private byte[] ChangeBytes(byte[] bytes)
    {
        int at = _random.Next(bytes.Length + 1);
        int length = _random.Next(Math.Min(bytes.Length - at, 500) + 1);
        return _random.Next(6) switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], .. Noise(length), .. bytes[(at + length)..]],
            2 => [.. bytes[..at], .. Noise(_random.Next(100)), .. bytes[at..]],
            3 => [.. bytes[..at], .. bytes[(at + length)..]],
            4 => [.. bytes[..at], .. new byte[_random.Next(5000)], .. bytes[at..]],
            _ => Flipped(bytes),
        };
    }

    private byte[] Flipped(byte[] bytes)
    {
        byte[] flipped = [.. bytes];
        if (flipped.Length > 0)
            flipped[_random.Next(flipped.Length)] ^= (byte)(1 << _random.Next(8));
        return flipped;
    }

    private byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        _random.NextBytes(noise);
        return noise;
    }

    private byte[] Repeated(ReadOnlySpan<byte> bytes)
    {
        byte[] repeated = new byte[bytes.Length * _random.Next(1, 300)];
        for (int at = 0; at < repeated.Length; at += bytes.Length)
            bytes.CopyTo(repeated.AsSpan(at));
        return repeated;
    }

    // Deeply nested messages.
    private byte[] Nested(byte[] payload, int depth)
    {
        byte key = (byte)(_random.Next(1, 16) << 3 | 2);
        for (int i = 0; i < depth && payload.Length < 10_000; i++)
            payload = [key, .. Varint((uint)payload.Length), .. payload];
        return payload;
    }

    private static byte[] Varint(uint value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }

    private static byte[] Framed(byte[] payload, ulong? falseLength)
    {
        byte[] record = new byte[payload.Length + 16];
        BinaryPrimitives.WriteUInt64LittleEndian(record, falseLength ?? (ulong)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Checksum.Masked(record.AsSpan(0, 8)));
        payload.CopyTo(record.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + payload.Length), Checksum.Masked(payload));
        return record;
    }

    // Not HashCode, which differs between processes.
    private static int HashOf(int seed, long number)
    {
        ulong hash = ((ulong)(uint)seed << 32) ^ (ulong)number;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return (int)(hash ^ (hash >> 31));
    }
}
