using TorchBoard.Records;

namespace TorchBoard.Tests.Reading;

/// <summary>Truncated and damaged files: all whole records are read, and nothing else.</summary>
internal sealed class DamageTests
{
    [Test]
    public void A_file_truncated_at_any_byte_has_the_records_before_it()
    {
        using var directory = new TestDirectory();
        byte[] whole = SixScalars.Whole;
        string path = Path.Combine(directory, EventBytes.FileName);
        for (int cut = 0; cut <= whole.Length; cut++)
        {
            File.WriteAllBytes(path, whole[..cut]);
            RunLog run = RunLog.Open(path);

            int wholeRecords = SixScalars.RecordsBefore(cut);
            Assert.That(run.Files[0].EventCount, Is.EqualTo(wholeRecords), $"cut at {cut}");
            Assert.That(run.Errors, Is.Empty, $"cut at {cut}");
            Assert.That(run.HasTruncatedTail, Is.EqualTo(SixScalars.Ends.All(end => end != cut)), $"cut at {cut}");
            if (wholeRecords > 1)
            {
                Assert.That(
                    run.Scalars["loss/train"].Steps.ToArray(), Is.EqualTo(SixScalars.Steps(wholeRecords - 1)),
                    $"cut at {cut}");
            }
        }
    }

    [Test]
    public void Any_single_flipped_byte_loses_only_one_record([Values(0x01, 0x80, 0xFF)] int flip)
    {
        using var directory = new TestDirectory();
        byte[] whole = SixScalars.Whole;
        string path = Path.Combine(directory, EventBytes.FileName);
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= (byte)flip;
            File.WriteAllBytes(path, damaged);
            RunLog run = RunLog.Open(path);

            int lost = SixScalars.RecordsBefore(at);
            long[] expected = [.. SixScalars.Steps(SixScalars.Records.Length - 1).Where(step => step != lost - 1)];
            Assert.That(run.Scalars["loss/train"].Steps.ToArray(), Is.EqualTo(expected), $"flipped at {at}");
            Assert.That(run.Errors, Has.Count.EqualTo(1), $"flipped at {at}");
            CorruptRecord error = run.Errors[0];
            Assert.That(error.File, Is.EqualTo(path));
            Assert.That(error.Offset, Is.EqualTo(lost == 0 ? 0 : SixScalars.Ends[lost]), $"flipped at {at}");
            Assert.That(error.SkippedBytes, Is.EqualTo(SixScalars.Records[lost].Length), $"flipped at {at}");
        }
    }

    [Test]
    public void Records_after_a_torn_one_are_found()
    {
        using var directory = new TestDirectory();
        byte[] torn = SixScalars.Records[1][..^9];
        EventBytes.Write(directory, [.. SixScalars.Records[..3], torn, .. SixScalars.Records[3..]]);

        RunLog run = RunLog.Open(directory);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["loss/train"].Steps.ToArray(), Is.EqualTo(SixScalars.Steps(6)));
            Assert.That(run.Errors.Single().SkippedBytes, Is.EqualTo(torn.Length));
        }
    }

    [Test]
    public void A_tail_of_zeros_is_reported_and_earlier_records_are_read()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(directory, [.. SixScalars.Records, new byte[5000]]);

        RunLog run = RunLog.Open(directory);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["loss/train"].Count, Is.EqualTo(6));
            Assert.That(run.Errors.Single().SkippedBytes, Is.EqualTo(5000));
            Assert.That(run.Files[0].ReadableLength, Is.EqualTo(SixScalars.Whole.Length));
            Assert.That(run.Files[0].Length, Is.EqualTo(SixScalars.Whole.Length + 5000));
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
        EventBytes.Write(directory, [.. SixScalars.Records[..3], large, .. SixScalars.Records[3..]]);

        RunLog run = RunLog.Open(directory);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["loss/train"].Steps.ToArray(), Is.EqualTo(SixScalars.Steps(6)));
            Assert.That(run.Text.ContainsKey("big"), Is.Not.EqualTo(damaged));
            Assert.That(
                run.Errors.Select(e => e.SkippedBytes), Is.EqualTo(damaged ? [large.Length] : Array.Empty<long>()));
        }
    }

    [Test]
    public void A_payload_that_is_not_an_event_is_reported_and_the_rest_is_read()
    {
        using var directory = new TestDirectory();
        byte[] record = new byte[RecordFrame.Overhead + 3];
        record.AsSpan(RecordFrame.HeaderLength, 3).Fill(0xFF);
        RecordFrame.Close(record, 3);
        EventBytes.Write(directory, [.. SixScalars.Records[..3], record, .. SixScalars.Records[3..]]);

        RunLog run = RunLog.Open(directory);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["loss/train"].Steps.ToArray(), Is.EqualTo(SixScalars.Steps(6)));
            Assert.That(run.Errors.Single().Offset, Is.EqualTo(SixScalars.Ends[3]));
            Assert.That(run.Errors.Single().SkippedBytes, Is.EqualTo(19));
        }
    }

    [Test]
    public void Records_that_are_swapped_or_repeated_are_read_in_the_order_of_the_file()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(directory, [.. new[] { 0, 3, 2, 2, 0, 1 }.Select(i => SixScalars.Records[i])]);

        RunLog run = RunLog.Open(directory);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["loss/train"].Steps.ToArray(), Is.EqualTo([2L, 1, 1, 0]));
            Assert.That(run.Scalars["loss/train"].Values.ToArray(), Is.EqualTo([20.0, 10, 10, 0]));
            Assert.That(run.Errors, Is.Empty);
        }
    }
}
