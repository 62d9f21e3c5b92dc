using TorchBoard.Events;
using TorchBoard.Records;

namespace TorchBoard.Tests.Events;

/// <summary>Compares the fast path for reading a scalar with the general path.</summary>
internal sealed class ScalarReadingTests
{
    private static readonly long[] Steps =
        [0, 1, 127, 128, 1_000_000, int.MaxValue, long.MaxValue, -1, long.MinValue];

    [Test]
    public void Written_scalars_are_read_by_the_fast_path([ValueSource(nameof(Steps))] long step)
    {
        foreach (int length in (int[])[0, 1, 20, 118])
        {
            byte[] payload = Payload(new string('x', length), 0.5f, step);
            Assert.That(ScalarEvent.TryRead(payload, out ScalarView scalar), $"tag of {length} bytes");
            AssertReadAlike(payload, scalar);
        }
    }

    [Test]
    public void Tags_with_two_byte_lengths_are_read_by_the_general_path()
    {
        foreach (int length in (int[])[119, 120, 125, 126, 127, 128, 300])
            Assert.That(ScalarEvent.TryRead(Payload(new string('x', length), 1, 1), out _), Is.False);
    }

    [Test]
    public void Truncated_scalars_are_not_read()
    {
        byte[] payload = Payload("loss", 0.5f, 300);
        for (int length = 0; length < payload.Length; length++)
            Assert.That(ScalarEvent.TryRead(payload.AsSpan(0, length), out _), Is.False, $"{length} bytes");
        Assert.That(ScalarEvent.TryRead([.. payload, 0], out _), Is.False, "a byte too many");
    }

    [Test]
    public void Both_paths_read_altered_bytes_alike()
    {
        byte[] payload = Payload("loss/train", 0.5f, 300_000);
        int taken = 0;
        for (int at = 0; at < payload.Length; at++)
        {
            byte right = payload[at];
            for (int wrong = 0; wrong < 256; wrong++)
            {
                payload[at] = (byte)wrong;
                if (!ScalarEvent.TryRead(payload, out ScalarView scalar))
                    continue;
                taken++;
                AssertReadAlike(payload, scalar);
            }

            payload[at] = right;
        }

        // All bytes of the wall time, the tag and the value, and prefixes that leave three bytes of a step.
        Assert.That(taken, Is.GreaterThan((8 + 10 + 4) * 256));
    }

    private static void AssertReadAlike(ReadOnlySpan<byte> payload, ScalarView scalar)
    {
        Assert.That(EventView.TryRead(payload, out EventView e));
        var summary = new WireReader(e.Body);
        Assert.That(ValueView.TryReadNext(ref summary, out ValueView value));
        Assert.That(scalar.Tag.SequenceEqual(value.Tag));
        Assert.That(value.Form, Is.EqualTo(ValueForm.SimpleValue));
        Assert.That(
            (BitConverter.DoubleToInt64Bits(scalar.WallTime), scalar.Step, scalar.Size),
            Is.EqualTo((BitConverter.DoubleToInt64Bits(e.WallTime), e.Step, value.Size)));
        Assert.That(
            BitConverter.SingleToInt32Bits(scalar.Value),
            Is.EqualTo(BitConverter.SingleToInt32Bits(value.SimpleValue)));
        Assert.That(ValueView.TryReadNext(ref summary, out _), Is.False, "a second value");
    }

    private static byte[] Payload(string tag, float value, long step)
    {
        var scalar = new ScalarRecord(new ScalarTemplates().Of(tag, step), value, step, 1_700_000_000.25);
        byte[] record = new byte[scalar.Length];
        scalar.WriteTo(ref record[0]);
        return record[RecordFrame.HeaderLength..^RecordFrame.FooterLength];
    }
}
