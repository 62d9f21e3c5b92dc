using TorchBoard.Events;
using TorchBoard.Records;

namespace TorchBoard.Tests.Reading;

/// <summary>Whole records with valid checksums and hostile content: nothing crashes, and the others are read.</summary>
internal sealed class HostileValueTests
{
    [Test]
    public void Tags_that_differ_only_in_invalid_bytes_are_one()
    {
        using var directory = new TestDirectory();
        byte[] Tagged(byte odd)
        {
            byte[] record = EventBytes.Scalar("a?", 0, odd);
            record.AsSpan().Replace((byte)'?', odd);
            RecordFrame.Close(record, record.Length - RecordFrame.Overhead);
            return record;
        }

        EventBytes.Write(directory, [EventBytes.Opening(), Tagged(0xFE), Tagged(0xFF)]);

        Assert.That(RunLog.Open(directory).Scalars["a\uFFFD"].Values.ToArray(), Is.EqualTo([254.0, 255]));
    }

    [Test]
    public void Events_of_any_content_with_valid_checksums_do_no_harm([Range(1, 40)] int seed)
    {
        var random = new Random(seed);
        string data = Path.Combine(TestContext.CurrentContext.TestDirectory, "TestData");
        byte[][] records = [.. Directory.EnumerateFiles(data, "*tfevents*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .SelectMany(file => WrittenEvents.Records(File.ReadAllBytes(file)))
            .Select(payload =>
            {
                byte[] record =
                    [.. new byte[RecordFrame.HeaderLength], .. payload, .. new byte[RecordFrame.FooterLength]];
                int changes = random.Next(4);
                for (int i = 0; i < changes && payload.Length > 0; i++)
                {
                    record[RecordFrame.HeaderLength + random.Next(Math.Min(payload.Length, 200))] =
                        (byte)random.Next(256);
                }

                RecordFrame.Close(record, payload.Length);
                return record;
            })];
        using var directory = new TestDirectory();
        EventBytes.Write(directory, [.. records, EventBytes.Scalar("the last", 1, 2)]);

        RunLog run = RunLog.Open(directory, new RunLogOptions { ApplyRestarts = false });
        int streamed = RunLog.ReadEvents(directory).Count();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["the last"].Values.ToArray(), Is.EqualTo([2.0]));
            Assert.That(run.Files[0].EventCount, Is.EqualTo(streamed));
            Assert.That(run.Errors.Select(e => e.File), Is.All.EqualTo(run.Files[0].Path));
        }
    }

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
        var tensor =
            new Protos.TensorProto { Dtype = (Protos.DataType)type, TensorShape = new Protos.TensorShapeProto() };
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
        EventBytes.Write(directory, [.. SixScalars.Records, .. Enumerable.Repeat(hostile, 100)]);

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
    public void Endlessly_nested_messages_are_an_error_and_do_not_overflow_the_stack()
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
        EventBytes.Write(directory, [.. SixScalars.Records, hostile]);

        RunLog run = RunLog.Open(directory);

        Assert.That(run.Scalars["loss/train"].Count, Is.EqualTo(6));
        Assert.That(run.Errors, Has.Count.EqualTo(1));
    }

    [TestCase("tensors", Protos.DataType.DtFloat, 7, 2L)]
    [TestCase("tensors", Protos.DataType.DtFloat, 9, 2L)]
    [TestCase("tensors", Protos.DataType.DtFloat, 12, 2L)]
    [TestCase("tensors", Protos.DataType.DtDouble, 8, 0L)]
    [TestCase("tensors", Protos.DataType.DtInvalid, 8, 2L)]
    [TestCase("scalars", Protos.DataType.DtFloat, 8, 2L)]
    [TestCase("scalars", Protos.DataType.DtString, 0)]
    [TestCase("histograms", Protos.DataType.DtDouble, 16, 2L)]
    [TestCase("images", Protos.DataType.DtFloat, 8, 2L)]
    [TestCase("audio", Protos.DataType.DtFloat, 16, 2L, 2L)]
    [TestCase("pr_curves", Protos.DataType.DtFloat, 20, 5L, 1L)]
    [TestCase("mesh", Protos.DataType.DtFloat, 16, 1L, 1L, 3L)]
    public void A_tensor_whose_shape_and_data_disagree_is_an_error(
        string plugin, object type, int length, params long[] shape)
    {
        var tensor = new Protos.TensorProto
        {
            Dtype = (Protos.DataType)type,
            TensorShape = new Protos.TensorShapeProto(),
            TensorContent = Google.Protobuf.ByteString.CopyFrom(new byte[length]),
        };
        tensor.TensorShape.Dim.AddRange(shape.Select(size => new Protos.TensorShapeProto.Types.Dim { Size = size }));
        byte[] hostile = EventBytes.Record(
            0, new Protos.Summary.Types.Value { Tag = "claim", Metadata = EventBytes.Plugin(plugin), Tensor = tensor });

        AssertIsAnErrorAmongOthers(hostile, "tag 'claim': ");
    }

    [Test]
    public void A_picture_that_claims_65535_by_65535_pixels_is_never_decoded()
    {
        byte[] png =
        [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0xFF, 0xFF, 0, 0, 0xFF,
            0xFF,
            8, 6, 0, 0, 0, 0, 0, 0, 0,
        ];
        using var directory = new TestDirectory();
        long before = GC.GetAllocatedBytesForCurrentThread();
        using (var writer = new SummaryWriter(directory))
            writer.AddEncodedImage("picture", png, 0);
        ImageSample read = RunLog.Open(directory).Images["picture"].Values[0][0];
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((read.Width, read.Height, read.Format), Is.EqualTo((65535, 65535, "png")));
            Assert.That(read.Encoded.ToArray(), Is.EqualTo(png));
            Assert.That(allocated, Is.LessThan(8 << 20));
        }
    }

    [TestCase("-1", "1")]
    [TestCase("99999999999999999999", "1")]
    [TestCase("1e3", "1")]
    public void A_picture_whose_size_is_not_a_number_is_an_error(string width, string height)
    {
        var tensor =
            new Protos.TensorProto { Dtype = Protos.DataType.DtString, TensorShape = new Protos.TensorShapeProto() };
        tensor.TensorShape.Dim.Add(new Protos.TensorShapeProto.Types.Dim { Size = 3 });
        tensor.StringVal.AddRange(((string[])[width, height, "x"]).Select(Google.Protobuf.ByteString.CopyFromUtf8));
        AssertIsAnErrorAmongOthers(
            EventBytes.Record(0, new Protos.Summary.Types.Value
            { Tag = "picture", Metadata = EventBytes.Plugin("images"), Tensor = tensor }),
            "is not a number");
    }

    [Test]
    public void Huge_metadata_is_kept_once_and_takes_memory_proportional_to_the_file()
    {
        Protos.SummaryMetadata bomb = EventBytes.Plugin("scalars", new byte[100_000]);
        bomb.DisplayName = new string('n', 100_000);
        bomb.SummaryDescription = new string('d', 100_000);
        byte[][] records =
        [
            .. Enumerable.Range(0, 200).Select(i => EventBytes.Record(
                i, new Protos.Summary.Types.Value { Tag = "loss/train", SimpleValue = i, Metadata = bomb })),
        ];
        using var directory = new TestDirectory();
        EventBytes.Write(directory, records);

        long before = GC.GetAllocatedBytesForCurrentThread();
        RunLog run = RunLog.Open(directory);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["loss/train"].Count, Is.EqualTo(200));
            Assert.That(run.Tags["loss/train"].Description, Has.Length.EqualTo(100_000));
            Assert.That(allocated, Is.LessThan(4 << 20), "60 MB of metadata");
        }
    }

    [Test]
    public void Malformed_metadata_is_an_error_of_its_value() => AssertIsAnErrorAmongOthers(
        Event(Field(1, [.. Field(1, [.. "bad"u8]), .. Field(9, [0x0A, 0xFF])])), "tag 'bad'");

    [Test]
    public void Endlessly_nested_messages_of_any_kind_do_not_overflow_the_stack(
        [Values(1, 5, 8, 9)] int field, [Values] bool areGroups)
    {
        byte[] nested = [];
        for (int depth = 0; depth < 3000; depth++)
            nested = areGroups ? [(byte)(field << 3 | 3), .. nested, (byte)(field << 3 | 4)] : Field(field, nested);

        // As the tensor of a value, its metadata, a histogram, and a summary within a summary.
        byte[][] hostile =
        [
            .. ((int[])[3, 4, 5, 6, 8, 9]).Select(
                at => Event(Field(1, [.. Field(1, [.. "deep"u8]), .. Field(at, nested)]))),
            Event(nested),
        ];
        using var directory = new TestDirectory();
        EventBytes.Write(directory, [.. SixScalars.Records, .. hostile]);

        RunLog run = RunLog.Open(directory);

        Assert.That(run.Scalars["loss/train"].Steps.ToArray(), Is.EqualTo(SixScalars.Steps(6)));
        Assert.That(RunLog.ReadEvents(directory).Count(), Is.EqualTo(run.Files[0].EventCount));
    }

    [Test]
    public void A_graph_of_endlessly_nested_messages_is_rejected_when_read()
    {
        byte[] attribute = [];
        for (int depth = 0; depth < 3000; depth++)
            attribute = Field(1, attribute);
        byte[] groups =
            [.. Enumerable.Repeat((byte)(15 << 3 | 3), 3000), .. Enumerable.Repeat((byte)(15 << 3 | 4), 3000)];
        byte[][] graphs =
            [groups, Field(1, groups), Field(1, Field(5, Field(2, groups))), Field(1, Field(5, Field(2, attribute)))];
        foreach (byte[] graph in graphs)
        {
            try
            {
                Assert.That(new LoggedGraph(0, DateTimeOffset.UnixEpoch, graph).ReadNodes(), Has.Count.LessThanOrEqualTo(1));
            }
            catch (InvalidDataException e)
            {
                Assert.That(e.Message, Does.Contain("not a valid GraphDef"));
            }
        }
    }

    [Test]
    public void An_endlessly_nested_layout_is_a_tensor_that_is_not_parsed()
    {
        byte[] nested = [];
        for (int depth = 0; depth < 3000; depth++)
            nested = Field(2, nested);
        byte[] layout = EventBytes.Record(0, new Protos.Summary.Types.Value
        {
            Tag = "custom_scalars__config__",
            Metadata = EventBytes.Plugin("custom_scalars", nested),
            Tensor = new Protos.TensorProto
            {
                Dtype = Protos.DataType.DtString,
                TensorShape = new Protos.TensorShapeProto(),
                StringVal = { Google.Protobuf.ByteString.CopyFrom(nested) },
            },
        });
        using var directory = new TestDirectory();
        EventBytes.Write(directory, [.. SixScalars.Records, layout]);

        RunLog run = RunLog.Open(directory);

        Assert.That(run.Tensors["custom_scalars__config__"].Values[0].ToBytes()[0].ToArray(), Is.EqualTo(nested));
        Assert.That(run.Errors, Is.Empty);
    }

    [TestCase("<script>alert(1)</script>")]
    [TestCase("[x](javascript:alert(1)) <img src=x onerror=alert(1)>")]
    [TestCase("\u001b]0;title\u0007\u202e\0", TestName = "Text_of_any_content_is_read_as_written: control characters")]
    public void Text_of_any_content_is_read_as_written(string text)
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddText("note", text, 0);

        Assert.That(RunLog.Open(directory).Text["note"].Values[0].ToString(), Is.EqualTo(text));
    }

    private static void AssertIsAnErrorAmongOthers(byte[] record, string reason)
    {
        using var directory = new TestDirectory();
        EventBytes.Write(directory, [.. SixScalars.Records[..3], record, .. SixScalars.Records[3..]]);

        RunLog run = RunLog.Open(directory);

        Assert.That(run.Scalars["loss/train"].Steps.ToArray(), Is.EqualTo(SixScalars.Steps(6)));
        Assert.That(run.Errors.Single().Offset, Is.EqualTo(SixScalars.Ends[3]));
        Assert.That(run.Errors.Single().Reason, Does.Contain(reason));
    }

    /// <summary>Builds the record of an event with a summary of these bytes.</summary>
    private static byte[] Event(byte[] summary) => EventRecord.Frame(Field(5, summary));

    private static byte[] Field(int number, byte[] content) => EventBytes.Field(number, content);
}
