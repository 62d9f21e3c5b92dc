using TorchBoard.Records;

namespace TorchBoard.Tests.Reading;

/// <summary>Events whose checksums hold and whose content is made to cost memory or time: they get neither.</summary>
internal sealed class HostileEventTests
{
    private static readonly byte[][] Records =
        [EventBytes.Opening(), .. Enumerable.Range(0, 6).Select(i => EventBytes.Scalar("loss/train", i, i * 10))];

    [TestCase("text", Protos.DataType.DtString, 1L << 24)]
    [TestCase("images", Protos.DataType.DtString, 1L << 24)]
    [TestCase("audio", Protos.DataType.DtString, 1L << 24)]
    [TestCase("histograms", Protos.DataType.DtDouble, 1L << 22, 3L)]
    [TestCase("pr_curves", Protos.DataType.DtFloat, 6L, 1L << 21)]
    [TestCase("scalars", Protos.DataType.DtFloat, 1L << 24)]
    [TestCase("tensors", Protos.DataType.DtFloat, 1L << 30)]
    [TestCase("tensors", Protos.DataType.DtFloat, 1L << 62, 1L << 62)]
    [TestCase("tensors", Protos.DataType.DtFloat, -1L)]
    public void A_tensor_that_only_claims_its_elements_takes_no_memory_and_is_an_error(
        string plugin, object type, params long[] shape)
    {
        var tensor = new Protos.TensorProto { Dtype = (Protos.DataType)type, TensorShape = new Protos.TensorShapeProto() };
        tensor.TensorShape.Dim.AddRange(shape.Select(size => new Protos.TensorShapeProto.Types.Dim { Size = size }));
        if (tensor.Dtype == Protos.DataType.DtString)
            tensor.StringVal.Add(Google.Protobuf.ByteString.CopyFromUtf8("7"));
        else if (tensor.Dtype == Protos.DataType.DtDouble)
            tensor.DoubleVal.Add(1);
        else
            tensor.FloatVal.Add(1);
        byte[] hostile = EventBytes.Record(
            0, new Protos.Summary.Types.Value { Tag = "claim", Metadata = EventBytes.Plugin(plugin), Tensor = tensor });
        using var directory = new TestDirectory();
        EventBytes.Write(directory, [.. Records, .. Enumerable.Repeat(hostile, 100)]);

        long before = GC.GetAllocatedBytesForCurrentThread();
        RunLog run = RunLog.Open(directory);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["loss/train"].Count, Is.EqualTo(6));
            Assert.That(run.Errors, Has.Count.EqualTo(100));
            Assert.That(allocated, Is.LessThan(8 << 20));
        }
    }

    [Test]
    [CancelAfter(20_000)]
    public void An_event_of_a_million_wrong_values_is_a_few_errors()
    {
        // Values of two bytes: an empty tag that the event before made a scalar's.
        IEnumerable<byte> values = Enumerable.Repeat((byte[])[0x0A, 0x00], 1_000_000).SelectMany(value => value);
        byte[] payload = [0x2A, 0x80, 0x89, 0x7A, .. values];
        byte[] record = [.. new byte[RecordFrame.HeaderLength], .. payload, .. new byte[RecordFrame.FooterLength]];
        RecordFrame.Close(record, payload.Length);
        using var directory = new TestDirectory();
        EventBytes.Write(directory, [EventBytes.Opening(), EventBytes.Scalar("", 0, 1), record, Records[1]]);

        RunLog run = RunLog.Open(directory);

        Assert.That(run.Scalars["loss/train"].Count, Is.EqualTo(1));
        Assert.That(run.Errors, Has.Count.InRange(1, 10));
    }

    [Test]
    public void Messages_in_messages_without_end_are_an_error_and_no_overflow_of_the_stack()
    {
        // A hyperparameter that is a list of a list of a list.
        byte[] nested = [];
        for (int depth = 0; depth < 2000; depth++)
            nested = Field(6, Field(1, nested));
        byte[] hostile = EventBytes.Record(0, new Protos.Summary.Types.Value
        {
            Tag = "_hparams_/session_start_info",
            Metadata = EventBytes.Plugin("hparams", Field(3, Field(1, Field(2, nested)))),
        });
        using var directory = new TestDirectory();
        EventBytes.Write(directory, [.. Records, hostile]);

        RunLog run = RunLog.Open(directory);

        Assert.That(run.Scalars["loss/train"].Count, Is.EqualTo(6));
        Assert.That(run.Errors, Has.Count.EqualTo(1));
    }

    private static byte[] Field(int number, byte[] content)
    {
        var message = new MemoryStream();
        using (var output = new Google.Protobuf.CodedOutputStream(message, leaveOpen: true))
        {
            output.WriteTag(number, Google.Protobuf.WireFormat.WireType.LengthDelimited);
            output.WriteBytes(Google.Protobuf.ByteString.CopyFrom(content));
        }

        return message.ToArray();
    }

    [Test]
    [CancelAfter(20_000)]
    public void Sessions_that_start_without_end_take_no_time_of_their_own()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(
            directory,
            [
                EventBytes.Opening(),
                .. Enumerable.Range(0, 100_000).Select(i => EventBytes.Scalar("x", i, i)),
                .. Enumerable.Repeat(EventBytes.SessionStart(200_000), 200_000),
            ]);

        Assert.That(RunLog.Open(directory).Scalars["x"].Count, Is.EqualTo(100_000));
    }
}
