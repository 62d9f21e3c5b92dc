using System.Buffers.Binary;
using TorchBoard.Records;

namespace TorchBoard.Tests.Reading;

/// <summary>Cut, damaged and hostile files: nothing crashes, and all that is whole is read.</summary>
internal sealed class DamageTests
{
    private static readonly byte[][] Records =
    [
        EventBytes.Opening(), .. Enumerable.Range(0, 6).Select(i => EventBytes.Scalar("loss/train", i, i * 10)),
    ];

    private static byte[] Whole => [.. Records.SelectMany(record => record)];

    [Test]
    public void A_file_cut_at_any_byte_gives_the_records_before_the_cut()
    {
        using var directory = new TestDirectory();
        byte[] whole = Whole;
        string path = Path.Combine(directory, EventBytes.FileName);
        for (int cut = 0; cut <= whole.Length; cut++)
        {
            File.WriteAllBytes(path, whole[..cut]);
            RunLog run = RunLog.Open(path);

            int wholeRecords = RecordsBefore(cut);
            Assert.That(run.Files[0].EventCount, Is.EqualTo(wholeRecords), $"cut at {cut}");
            Assert.That(run.Errors, Is.Empty, $"cut at {cut}");
            Assert.That(run.HasTruncatedTail, Is.EqualTo(Ends.All(end => end != cut)), $"cut at {cut}");
            if (wholeRecords > 1)
                Assert.That(run.Scalars["loss/train"].Steps.ToArray(), Is.EqualTo(Steps(wholeRecords - 1)), $"cut at {cut}");
        }
    }

    [Test]
    public void Any_one_flipped_byte_costs_one_record_only([Values(0x01, 0x80, 0xFF)] int flip)
    {
        using var directory = new TestDirectory();
        byte[] whole = Whole;
        string path = Path.Combine(directory, EventBytes.FileName);
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= (byte)flip;
            File.WriteAllBytes(path, damaged);
            RunLog run = RunLog.Open(path);

            int lost = RecordsBefore(at);
            long[] expected = [.. Steps(Records.Length - 1).Where(step => step != lost - 1)];
            Assert.That(run.Scalars["loss/train"].Steps.ToArray(), Is.EqualTo(expected), $"flipped at {at}");
            Assert.That(run.Errors, Has.Count.EqualTo(1), $"flipped at {at}");
            CorruptRecord error = run.Errors[0];
            Assert.That(error.File, Is.EqualTo(path));
            Assert.That(error.Offset, Is.EqualTo(lost == 0 ? 0 : Ends[lost]), $"flipped at {at}");
            Assert.That(error.SkippedBytes, Is.EqualTo(Records[lost].Length), $"flipped at {at}");
        }
    }

    [Test]
    public void A_length_of_2_to_the_63_is_reported_and_passed_over([Values] bool checksumHolds)
    {
        using var directory = new TestDirectory();
        byte[] hostile = new byte[RecordFrame.HeaderLength];
        BinaryPrimitives.WriteUInt64LittleEndian(hostile, 1UL << 63);
        BinaryPrimitives.WriteUInt32LittleEndian(hostile.AsSpan(8), checksumHolds ? WrittenEvents.Masked(hostile.AsSpan(0, 8)) : 0);
        EventBytes.Write(directory, [.. Records[..3], hostile, .. Records[3..]]);

        RunLog run = RunLog.Open(directory);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["loss/train"].Steps.ToArray(), Is.EqualTo(Steps(6)));
            Assert.That(run.Errors.Single().Offset, Is.EqualTo(Ends[3]));
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
        EventBytes.Write(directory, [.. Records, header]);

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
    public void Records_after_a_torn_one_are_found()
    {
        using var directory = new TestDirectory();
        byte[] torn = Records[1][..^9];
        EventBytes.Write(directory, [.. Records[..3], torn, .. Records[3..]]);

        RunLog run = RunLog.Open(directory);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["loss/train"].Steps.ToArray(), Is.EqualTo(Steps(6)));
            Assert.That(run.Errors.Single().SkippedBytes, Is.EqualTo(torn.Length));
        }
    }

    [Test]
    public void A_tail_of_zeros_is_reported_and_what_is_before_is_read()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(directory, [.. Records, new byte[5000]]);

        RunLog run = RunLog.Open(directory);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["loss/train"].Count, Is.EqualTo(6));
            Assert.That(run.Errors.Single().SkippedBytes, Is.EqualTo(5000));
            Assert.That(run.Files[0].ReadableLength, Is.EqualTo(Whole.Length));
            Assert.That(run.Files[0].Length, Is.EqualTo(Whole.Length + 5000));
        }
    }

    [Test]
    public void A_record_larger_than_the_buffer_is_read_and_its_damage_found([Values] bool damaged)
    {
        using var directory = new TestDirectory();
        byte[] large = EventBytes.Record(7, new Protos.Summary.Types.Value
        {
            Tag = "big",
            Metadata = EventBytes.Plugin("text"),
            Tensor = new Protos.TensorProto
            {
                Dtype = Protos.DataType.DtString,
                TensorShape = new Protos.TensorShapeProto(),
                StringVal = { Google.Protobuf.ByteString.CopyFromUtf8(new string('x', 5_000_000)) },
            },
        });
        if (damaged)
            large[4_000_000] ^= 1;
        EventBytes.Write(directory, [.. Records[..3], large, .. Records[3..]]);

        RunLog run = RunLog.Open(directory);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["loss/train"].Steps.ToArray(), Is.EqualTo(Steps(6)));
            Assert.That(run.Text.ContainsKey("big"), Is.Not.EqualTo(damaged));
            Assert.That(run.Errors.Select(e => e.SkippedBytes), Is.EqualTo(damaged ? [large.Length] : Array.Empty<long>()));
        }
    }

    [Test]
    public void A_payload_that_is_no_event_is_reported_and_the_rest_is_read()
    {
        using var directory = new TestDirectory();
        byte[] record = new byte[RecordFrame.Overhead + 3];
        record.AsSpan(RecordFrame.HeaderLength, 3).Fill(0xFF);
        RecordFrame.Close(record, 3);
        EventBytes.Write(directory, [.. Records[..3], record, .. Records[3..]]);

        RunLog run = RunLog.Open(directory);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["loss/train"].Steps.ToArray(), Is.EqualTo(Steps(6)));
            Assert.That(run.Errors.Single().Offset, Is.EqualTo(Ends[3]));
            Assert.That(run.Errors.Single().SkippedBytes, Is.EqualTo(19));
        }
    }

    [Test]
    public void A_reader_goes_on_where_a_cut_off_record_has_grown()
    {
        using var directory = new TestDirectory();
        byte[] whole = Whole;
        string path = Path.Combine(directory, EventBytes.FileName);
        File.WriteAllBytes(path, []);
        using var reader = new RecordReader(path);
        int steps = 0;
        using (FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        {
            // A byte at a time: every way in which a record can be there in part.
            for (int i = 0; i < whole.Length; i++)
            {
                Assert.That(reader.Read(out _), Is.EqualTo(Ends.Contains(i) ? ReadStatus.End : ReadStatus.TruncatedTail));
                file.WriteByte(whole[i]);
                file.Flush();
                if (Ends.Contains(i + 1))
                {
                    Assert.That(reader.Read(out ReadOnlySpan<byte> payload), Is.EqualTo(ReadStatus.Record));
                    Assert.That(payload.SequenceEqual(Records[steps].AsSpan()[12..^4]), Is.True);
                    steps++;
                }
            }
        }

        Assert.That(steps, Is.EqualTo(Records.Length));
    }

    [Test]
    public void A_reader_at_damage_finds_records_that_come_later()
    {
        using var directory = new TestDirectory();
        byte[] junk = [.. Enumerable.Repeat((byte)0xAB, 40)];
        string path = EventBytes.Write(directory, [Records[0], junk]);
        using var reader = new RecordReader(path);

        Assert.That(reader.Read(out _), Is.EqualTo(ReadStatus.Record));
        Assert.That(reader.Read(out _), Is.EqualTo(ReadStatus.Damage));
        Assert.That(reader.Damage.Length, Is.EqualTo(40));
        Assert.That(reader.Read(out _), Is.EqualTo(ReadStatus.End));

        using (FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
            file.Write(Records[1]);
        using var resumed = new RecordReader(path, reader.Position);
        Assert.That(resumed.Read(out ReadOnlySpan<byte> payload), Is.EqualTo(ReadStatus.Record));
        Assert.That(payload.SequenceEqual(Records[1].AsSpan()[12..^4]), Is.True);
        Assert.That(resumed.Read(out _), Is.EqualTo(ReadStatus.End));
    }

    [Test]
    [CancelAfter(20_000)]
    public void A_file_of_nothing_but_false_records_ends()
    {
        using var directory = new TestDirectory();
        byte[] header = new byte[RecordFrame.HeaderLength];
        BinaryPrimitives.WriteUInt64LittleEndian(header, 400_000);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), WrittenEvents.Masked(header.AsSpan(0, 8)));
        EventBytes.Write(directory, [Records[0], .. Enumerable.Repeat(header, 100_000), Records[1]]);

        RunLog run = RunLog.Open(directory);

        Assert.That(run.Scalars["loss/train"].Count, Is.EqualTo(1));
    }

    [Test]
    public void Tags_that_differ_only_in_bytes_that_are_no_text_are_one()
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
    public void Events_of_any_content_with_right_checksums_do_no_harm([Range(1, 40)] int seed)
    {
        var random = new Random(seed);
        string data = Path.Combine(TestContext.CurrentContext.TestDirectory, "TestData");
        byte[][] records = [.. Directory.EnumerateFiles(data, "*tfevents*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .SelectMany(file => WrittenEvents.Records(File.ReadAllBytes(file)))
            .Select(payload =>
            {
                byte[] record = [.. new byte[RecordFrame.HeaderLength], .. payload, .. new byte[RecordFrame.FooterLength]];
                int changes = random.Next(4);
                for (int i = 0; i < changes && payload.Length > 0; i++)
                    record[RecordFrame.HeaderLength + random.Next(Math.Min(payload.Length, 200))] = (byte)random.Next(256);
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

    [Test]
    public void Records_that_are_swapped_or_repeated_are_read_in_the_order_of_the_file()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(directory, [Records[0], Records[3], Records[2], Records[2], Records[0], Records[1]]);

        RunLog run = RunLog.Open(directory);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["loss/train"].Steps.ToArray(), Is.EqualTo([2L, 1, 1, 0]));
            Assert.That(run.Scalars["loss/train"].Values.ToArray(), Is.EqualTo([20.0, 10, 10, 0]));
            Assert.That(run.Errors, Is.Empty);
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

    /// <summary>The offsets at which records begin or the file ends.</summary>
    private static int[] Ends { get; } =
        [0, .. Records.Select((_, i) => Records.Take(i + 1).Sum(record => record.Length))];

    private static int RecordsBefore(int offset) => Ends.Count(end => end <= offset) - 1;

    private static IEnumerable<long> Steps(int count) => Enumerable.Range(0, count).Select(i => (long)i);
}
