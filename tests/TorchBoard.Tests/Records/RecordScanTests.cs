using System.Buffers.Binary;
using TorchBoard.Records;

namespace TorchBoard.Tests.Records;

/// <summary>The reader returns what the specification says for every kind of damage, however the file is read.</summary>
internal sealed class RecordScanTests
{
    // Records that are shorter than, as long as and longer than the buffers below.
    private static readonly byte[][] Records =
        [.. new[] { 0, 1, 4, 7, 8, 48, 300 }.Select((length, i) => Record(length, seed: i))];

    private static readonly byte[] Whole = [.. Records.SelectMany(record => record)];

    /// <summary>The size of the buffer and the most bytes per read.</summary>
    private static readonly (int Buffer, int Read)[] Ways = [(16, 1), (16, int.MaxValue), (64, 7), (4096, int.MaxValue)];

    [Test]
    public void A_flipped_byte([Values(0x01, 0x80, 0xFF)] int flip)
    {
        for (int i = 0; i < Whole.Length; i++)
        {
            byte[] file = [.. Whole];
            file[i] ^= (byte)flip;
            AssertSame(file, $"byte {i}");
        }
    }

    [Test]
    public void An_end_at_any_byte()
    {
        for (int i = 0; i <= Whole.Length; i++)
            AssertSame(Whole[..i], $"{i} bytes");
    }

    [Test]
    public void A_damaged_record_whose_end_is_cut_off()
    {
        for (int i = 0; i <= Whole.Length; i++)
        {
            byte[] file = Whole[..i];
            if (i > 60)
                file[60] ^= 1;
            AssertSame(file, $"{i} bytes");
        }
    }

    [Test]
    public void Missing_bytes_and_inserted_bytes()
    {
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            int at = random.Next(Whole.Length);
            int end = Math.Min(at + random.Next(1, 40), Whole.Length);
            byte[] junk = new byte[random.Next(40)];
            random.NextBytes(junk);
            AssertSame([.. Whole[..at], .. Whole[end..]], $"without {at} to {end}");
            AssertSame([.. Whole[..at], .. junk, .. Whole[at..]], $"{junk.Length} bytes of junk at {at}");
            AssertSame([.. Whole[..at], .. new byte[junk.Length], .. Whole[at..]], $"{junk.Length} zeros at {at}");
        }
    }

    [TestCase(ulong.MaxValue)]
    [TestCase((ulong)int.MaxValue)]
    [TestCase(2147483575UL, TestName = "A_length_that_no_array_has")]
    [TestCase(2147483591UL - 16, TestName = "The_longest_length_of_an_array")]
    [TestCase(2147483591UL - 15, TestName = "A_length_above_the_longest")]
    [TestCase(1000UL)]
    public void A_length_beyond_the_end(ulong length)
    {
        AssertSame([.. Records[3], .. Header(length), .. Records[4]], "at a record");
        AssertSame([.. Records[3], 9, .. Header(length), .. Records[4]], "in damage");
        AssertSame([.. Records[3], 9, .. Header(length)], "in damage at the end");
        AssertSame([.. Records[3], 9, .. Header(length), 9, .. Header(500), 9], "twice");
    }

    [Test]
    public void A_file_that_grows_is_read_as_one_that_is_read_late_continues()
    {
        var random = new Random(2);
        for (int round = 0; round < 300; round++)
        {
            byte[] file = [.. Whole, .. Whole];
            for (int i = random.Next(4); i > 0; i--)
                file[random.Next(file.Length)] ^= (byte)random.Next(1, 256);
            int[] sizes = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(file.Length)).Order(), file.Length];
            foreach ((int buffer, int most) in Ways)
                AssertSame(file, sizes, buffer, most, $"round {round}");
        }
    }

    [Test]
    public void A_search_checks_long_candidates_only_up_to_256_MiB()
    {
        const int half = 1 << 27;
        AssertFound(half, half, longIsFound: false);
        AssertFound(half, half - 1, longIsFound: true);
    }

    [Test]
    public void Memory_is_not_allocated_for_a_long_record_before_its_checksum_is_verified()
    {
        const int length = 1 << 27;
        using var reader = new RecordReader(new StoredBytes(Header(length), zeros: length + 4), bufferSize: 4096);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(reader.Read(out _), Is.EqualTo(ReadStatus.Damage));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }

    [Test]
    public void Each_byte_is_read_once()
    {
        byte[] file = [.. Enumerable.Repeat(Whole, 50).SelectMany(bytes => bytes)];
        var stored = new StoredBytes(file);
        using (var reader = new RecordReader(stored, bufferSize: 4096))
        {
            while (reader.Read(out _) == ReadStatus.Record)
            {
            }
        }

        Assert.That(stored.BytesRead, Is.EqualTo(file.Length));
        Assert.That(stored.IsDisposed, Is.True);
    }

    [Test]
    public void A_reader_can_be_disposed_twice()
    {
        var reader = new RecordReader(new StoredBytes(Whole));
        reader.Dispose();
        reader.Dispose();
        Assert.That(new RecordReader(new StoredBytes(Whole)).Read(out _), Is.EqualTo(ReadStatus.Record));
    }

    // After junk, two headers of long records whose checksums are wrong, then a long record and a short one.
    private static void AssertFound(int first, int second, bool longIsFound)
    {
        byte[] longOne = Record((1 << 16) + 1, seed: 1);
        byte[] shortOne = Record(1 << 16, seed: 2);
        byte[] file = [1, .. Header((ulong)first), .. Header((ulong)second), .. longOne, .. shortOne];
        using var reader = new RecordReader(new StoredBytes(file, zeros: first));
        Assert.That(reader.Read(out _), Is.EqualTo(ReadStatus.Damage));
        Assert.That(reader.Damage.Length, Is.EqualTo(25 + (longIsFound ? 0 : longOne.Length)));
        Assert.That(reader.Read(out ReadOnlySpan<byte> payload), Is.EqualTo(ReadStatus.Record));
        Assert.That(payload.Length, Is.EqualTo((1 << 16) + (longIsFound ? 1 : 0)));
    }

    private static void AssertSame(byte[] file, string message)
    {
        foreach ((int buffer, int most) in Ways)
            AssertSame(file, [file.Length], buffer, most, message);
    }

    /// <summary>Compares the reader with the specification at each size that the file grows to.</summary>
    private static void AssertSame(byte[] file, int[] sizes, int bufferSize, int mostPerRead, string message)
    {
        var stored = new StoredBytes(file, mostPerRead);
        using var reader = new RecordReader(stored, bufferSize: bufferSize);
        using var resuming = new Resuming(stored, bufferSize);
        var specification = new ScanSpecification();
        foreach (int size in sizes)
        {
            stored.Grown = size;
            while (true)
            {
                (ReadStatus Status, long Offset, long Length, string Reason) expected = specification.Read(file.AsSpan(0, size));
                Check(expected, reader.Read(out ReadOnlySpan<byte> payload), reader, payload, "one reader");
                RecordReader next = resuming.Next();
                Check(expected, next.Read(out payload), next, payload, "a reader each");
                if (expected.Status is ReadStatus.End or ReadStatus.TruncatedTail)
                    break;
            }
        }

        void Check(
            (ReadStatus Status, long Offset, long Length, string Reason) expected, ReadStatus status, RecordReader by,
            ReadOnlySpan<byte> payload, string way)
        {
            if (status != expected.Status)
                Assert.That(status, Is.EqualTo(expected.Status), $"{message}, buffer {bufferSize}, {way}, {expected}");
            if (status == ReadStatus.Record)
            {
                int begin = (int)expected.Offset + RecordFrame.HeaderLength;
                Assert.That(by.RecordOffset, Is.EqualTo(expected.Offset), message);
                Bytes.AssertEqual(payload, file.AsSpan(begin, (int)expected.Length), message);
            }
            else
            {
                Assert.That(payload.IsEmpty, Is.True, message);
            }

            if (status == ReadStatus.Damage)
            {
                Assert.That(
                    by.Damage, Is.EqualTo(new Damage(expected.Offset, expected.Length, expected.Reason)), message);
            }
        }
    }

    private static byte[] Record(int length, int seed)
    {
        byte[] record = new byte[length + RecordFrame.Overhead];
        new Random(seed).NextBytes(record.AsSpan(RecordFrame.HeaderLength, length));
        RecordFrame.Close(record, length);
        return record;
    }

    private static byte[] Header(ulong length)
    {
        byte[] header = new byte[RecordFrame.HeaderLength];
        BinaryPrimitives.WriteUInt64LittleEndian(header, length);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), MaskedCrc.Of(header.AsSpan(0, 8)));
        return header;
    }

    /// <summary>A new reader for each record, which continues at the position of the previous one.</summary>
    private sealed class Resuming(StoredBytes file, int bufferSize) : IDisposable
    {
        private RecordReader? _reader;

        public RecordReader Next()
        {
            RecordPosition position = _reader?.Position ?? default;
            _reader?.Dispose();
            return _reader = new RecordReader(file, position, bufferSize);
        }

        public void Dispose() => _reader?.Dispose();
    }
}
