using System.Buffers.Binary;
using TorchBoard.Events;
using TorchBoard.Protos;
using TorchBoard.Records;

namespace TorchBoard.Tests.Reading;

/// <summary>Files designed to cost time: reading them takes time linear in their size.</summary>
[NonParallelizable]
internal sealed class HostileGrowthTests
{
    [Test]
    public void A_file_of_false_records_takes_time_proportional_to_its_size()
    {
        using var directory = new TestDirectory();
        Growth.AssertLinear(3_000, count =>
        {
            // Each header claims a record of a third of the file.
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
    public void An_event_of_a_million_wrong_values_gives_a_few_errors_in_time_proportional_to_its_size()
    {
        using var directory = new TestDirectory();
        Growth.AssertLinear(62_500, count =>
        {
            // Values of two bytes: an empty tag, which the previous event made a scalar.
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

    [Test]
    public void Text_of_a_million_empty_strings_takes_memory_in_proportion_to_its_size()
    {
        // An empty string takes two bytes in the file, and a reference of eight bytes afterward.
        const int Strings = 1_000_000;
        const int Limit = 24;
        using var directory = new TestDirectory();
        var tensor = new TensorProto
        {
            Dtype = DataType.DtString,
            TensorShape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dim { Size = Strings } } },
            StringVal = { Enumerable.Repeat(Google.Protobuf.ByteString.Empty, Strings) },
        };
        var value = new Summary.Types.Value { Tag = "text", Tensor = tensor, Metadata = EventBytes.Plugin("text") };
        EventBytes.Write(directory, [EventBytes.Opening(), EventBytes.Record(1, value)]);

        long before = GC.GetAllocatedBytesForCurrentThread();
        TextValue text = RunLog.Open(directory).Text["text"].Values[0];
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(text.Strings.Length, Is.EqualTo(Strings));
        Assert.That(text.Strings.IndexOfAnyExcept(""), Is.Negative);
        Assert.That(text.Shape.ToArray(), Is.EqualTo([Strings]));
        Assert.That(allocated, Is.LessThan(Limit * Strings));
    }
}
