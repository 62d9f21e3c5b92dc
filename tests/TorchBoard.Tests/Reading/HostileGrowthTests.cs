using System.Buffers.Binary;
using TorchBoard.Events;
using TorchBoard.Records;

namespace TorchBoard.Tests.Reading;

/// <summary>Files that are made to cost time: reading them takes time linear in their size.</summary>
[NonParallelizable]
internal sealed class HostileGrowthTests
{
    [Test]
    public void A_file_of_nothing_but_false_records_takes_time_by_its_size()
    {
        using var directory = new TestDirectory();
        Growth.AssertLinear(3_000, count =>
        {
            // Each header promises a record of a third of the file.
            byte[] header = new byte[RecordFrame.HeaderLength];
            BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)count * 4);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), WrittenEvents.Masked(header.AsSpan(0, 8)));
            string run = Path.Combine(directory, $"{count}");
            EventBytes.Write(
                run, [SixScalars.Records[0], .. Enumerable.Repeat(header, count), SixScalars.Records[1]]);
            return () => Assert.That(RunLog.Open(run).Scalars["loss/train"].Count, Is.EqualTo(1));
        });
    }

    [Test]
    public void An_event_of_a_million_wrong_values_is_a_few_errors_and_takes_time_by_its_size()
    {
        using var directory = new TestDirectory();
        Growth.AssertLinear(62_500, count =>
        {
            // Values of two bytes: an empty tag that the event before made a scalar's.
            byte[] values = [.. Enumerable.Repeat((byte[])[0x0A, 0x00], count).SelectMany(value => value)];
            string run = Path.Combine(directory, $"{count}");
            EventBytes.Write(
                run,
                [
                    EventBytes.Opening(), EventBytes.Scalar("", 0, 1),
                    EventRecord.Frame(EventBytes.Field(5, values)), SixScalars.Records[1],
                ]);
            return () =>
            {
                RunLog log = RunLog.Open(run);
                Assert.That(log.Scalars["loss/train"].Count, Is.EqualTo(1));
                Assert.That(log.Errors, Has.Count.InRange(1, 10));
            };
        });
    }
}
