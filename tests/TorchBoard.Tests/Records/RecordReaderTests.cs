using TorchBoard.Records;
using TorchBoard.Storage.Local;
using TorchBoard.Tests.Reading;

namespace TorchBoard.Tests.Records;

/// <summary>A reader of a growing file continues from its position.</summary>
internal sealed class RecordReaderTests
{
    [Test]
    public void A_reader_continues_at_a_truncated_record_that_has_grown()
    {
        using var directory = new TestDirectory();
        byte[] whole = SixScalars.Whole;
        string path = Path.Combine(directory, EventBytes.FileName);
        File.WriteAllBytes(path, []);
        using var reader = new RecordReader(new LocalFile(path));
        int steps = 0;
        using (FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        {
            // One byte at a time: every way in which a record can be partially present.
            for (int i = 0; i < whole.Length; i++)
            {
                Assert.That(
                    reader.Read(out _),
                    Is.EqualTo(SixScalars.Ends.Contains(i) ? ReadStatus.End : ReadStatus.TruncatedTail));
                file.WriteByte(whole[i]);
                file.Flush();
                if (SixScalars.Ends.Contains(i + 1))
                {
                    Assert.That(reader.Read(out ReadOnlySpan<byte> payload), Is.EqualTo(ReadStatus.Record));
                    Assert.That(payload.SequenceEqual(SixScalars.Records[steps].AsSpan()[12..^4]), Is.True);
                    steps++;
                }
            }
        }

        Assert.That(steps, Is.EqualTo(SixScalars.Records.Length));
    }

    [Test]
    public void A_reader_at_damage_finds_records_appended_later()
    {
        using var directory = new TestDirectory();
        byte[] junk = [.. Enumerable.Repeat((byte)0xAB, 40)];
        string path = EventBytes.Write(directory, [SixScalars.Records[0], junk]);
        using var reader = new RecordReader(new LocalFile(path));

        Assert.That(reader.Read(out _), Is.EqualTo(ReadStatus.Record));
        Assert.That(reader.Read(out _), Is.EqualTo(ReadStatus.Damage));
        Assert.That(reader.Damage.Length, Is.EqualTo(40));
        Assert.That(reader.Read(out _), Is.EqualTo(ReadStatus.End));

        using (FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
            file.Write(SixScalars.Records[1]);
        using var resumed = new RecordReader(new LocalFile(path), reader.Position);
        Assert.That(resumed.Read(out ReadOnlySpan<byte> payload), Is.EqualTo(ReadStatus.Record));
        Assert.That(payload.SequenceEqual(SixScalars.Records[1].AsSpan()[12..^4]), Is.True);
        Assert.That(resumed.Read(out _), Is.EqualTo(ReadStatus.End));
    }
}
