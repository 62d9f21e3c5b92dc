using System.Buffers.Binary;
using TorchBoard.Records;

namespace TorchBoard.Tests.Reading;

/// <summary>Records designed to cost memory or time: both are bounded by the size of the file.</summary>
internal sealed class HostileRecordTests
{
    [Test]
    public void A_length_of_2_to_the_63_is_reported_and_skipped([Values] bool checksumHolds)
    {
        using var directory = new TestDirectory();
        byte[] hostile = new byte[RecordFrame.HeaderLength];
        BinaryPrimitives.WriteUInt64LittleEndian(hostile, 1UL << 63);
        BinaryPrimitives.WriteUInt32LittleEndian(
            hostile.AsSpan(8), checksumHolds ? WrittenEvents.Masked(hostile.AsSpan(0, 8)) : 0);
        EventBytes.Write(directory, [.. SixScalars.Records[..3], hostile, .. SixScalars.Records[3..]]);

        RunLog run = RunLog.Open(directory);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["loss/train"].Steps.ToArray(), Is.EqualTo(SixScalars.Steps(6)));
            Assert.That(run.Errors.Single().Offset, Is.EqualTo(SixScalars.Ends[3]));
            Assert.That(run.Errors.Single().SkippedBytes, Is.EqualTo(hostile.Length));
            Assert.That(run.Errors.Single().Reason, Does.Contain(checksumHolds ? "9223372036854775808" : "checksum"));
        }
    }

    [Test]
    public void A_length_beyond_the_file_takes_no_memory_and_is_a_truncated_tail()
    {
        using var directory = new TestDirectory();
        byte[] header = new byte[RecordFrame.HeaderLength];
        BinaryPrimitives.WriteUInt64LittleEndian(header, int.MaxValue / 2);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), WrittenEvents.Masked(header.AsSpan(0, 8)));
        EventBytes.Write(directory, [.. SixScalars.Records, header]);

        long before = GC.GetAllocatedBytesForCurrentThread();
        RunLog run = RunLog.Open(directory);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["loss/train"].Count, Is.EqualTo(6));
            Assert.That(run.HasTruncatedTail, Is.True);
            Assert.That(allocated, Is.LessThan(4 << 20));
        }
    }

    [Test]
    public void Millions_of_empty_records_take_no_memory()
    {
        using var directory = new TestDirectory();
        string path = EventBytes.Write(directory, SixScalars.Records);
        byte[] empty = new byte[RecordFrame.Overhead];
        RecordFrame.Close(empty, 0);
        byte[] many = [.. Enumerable.Repeat(empty, 10_000).SelectMany(record => record)];
        using (FileStream file = new(path, FileMode.Append))
        {
            for (int i = 0; i < 300; i++)
                file.Write(many);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        RunLog run = RunLog.Open(directory);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Files[0].EventCount, Is.EqualTo(3_000_007));
            Assert.That(run.Scalars["loss/train"].Steps.ToArray(), Is.EqualTo(SixScalars.Steps(6)));
            Assert.That(run.Errors, Is.Empty);
            Assert.That(allocated, Is.LessThan(4 << 20));
        }
    }

    [Test]
    public void Tiny_records_with_one_new_tag_each_take_memory_proportional_to_the_file()
    {
        using var directory = new TestDirectory();
        string path = EventBytes.Write(
            directory, Enumerable.Range(0, 50_000).Select(i => EventBytes.Scalar(i.ToString("x", null), 0, 0)));

        long before = GC.GetAllocatedBytesForCurrentThread();
        RunLog run = RunLog.Open(directory);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(run.Scalars, Has.Count.EqualTo(50_000));
        Assert.That(allocated, Is.LessThan(64 * new FileInfo(path).Length));
    }

    [Test]
    public void A_file_of_errors_takes_memory_proportional_to_its_size()
    {
        byte[] payload = [0xFF, 0xFF];
        byte[] wrong = [.. new byte[RecordFrame.HeaderLength], .. payload, .. new byte[RecordFrame.FooterLength]];
        RecordFrame.Close(wrong, payload.Length);
        using var directory = new TestDirectory();
        string path = EventBytes.Write(directory, [.. SixScalars.Records, .. Enumerable.Repeat(wrong, 200_000)]);

        long before = GC.GetAllocatedBytesForCurrentThread();
        RunLog run = RunLog.Open(directory);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(run.Errors, Has.Count.EqualTo(200_000));
        Assert.That(allocated, Is.LessThan(64 * new FileInfo(path).Length));
    }
}
