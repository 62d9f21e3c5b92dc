using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Tests.Events;

internal sealed class ScalarEventTests
{
    private const double WallTime = 1_700_000_000.25;

    [Test]
    public void The_payload_is_these_very_bytes()
    {
        byte[] payload = Payload("loss", 0.5f, 300);

        Assert.That(
            Convert.ToHexString(payload),
            Is.EqualTo(
                "09" + "00001040FC54D941" // wall_time: 1700000000.25 as a double
                + "10" + "AC02"           // step: 300
                + "2A" + "0D"             // summary of 13 bytes
                + "0A" + "0B"             // value of 11 bytes
                + "0A" + "04" + "6C6F7373" // tag
                + "15" + "0000003F"));    // simple_value
    }

    [Test]
    public void The_first_record_of_a_file_equals_that_of_protobuf()
    {
        var expected = new Event
        {
            WallTime = WallTime,
            FileVersion = "brain.Event:2",
            SourceMetadata = new SourceMetadata { Writer = "TorchBoard" },
        };
        Assert.That(EventRecord.Opening(WallTime), Is.EqualTo(EventRecord.Encode(expected)));
    }

    [TestCase(0f, 0L)]
    [TestCase(float.NaN, 1L)]
    [TestCase(float.NegativeInfinity, long.MaxValue)]
    [TestCase(float.Epsilon, long.MinValue)]
    [TestCase(-0f, -1L)]
    public void Every_value_and_step_is_read_back(float value, long step)
    {
        Event e = Event.Parser.ParseFrom(Payload("tag", value, step));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(e.WallTime, Is.EqualTo(WallTime));
            Assert.That(e.Step, Is.EqualTo(step));
            Assert.That(e.Summary.Value, Has.Count.EqualTo(1));
            Assert.That(e.Summary.Value[0].Tag, Is.EqualTo("tag"));
            Assert.That(e.Summary.Value[0].HasSimpleValue);
            Assert.That(
                BitConverter.SingleToUInt32Bits(e.Summary.Value[0].SimpleValue),
                Is.EqualTo(BitConverter.SingleToUInt32Bits(value)));
            Assert.That(e.Summary.Value[0].Metadata, Is.Null);
        }
    }

    [TestCase(1)]
    [TestCase(103)]
    [TestCase(127)]
    [TestCase(128)]
    [TestCase(16_384)]
    public void Tags_of_any_length_are_read_back(int length)
    {
        string tag = new('x', length);
        Assert.That(Event.Parser.ParseFrom(Payload(tag, 1, 1)).Summary.Value[0].Tag, Is.EqualTo(tag));
    }

    [TestCase("Verlust/Schätzung")]
    [TestCase("损失 🙂 with spaces: and colons")]
    [TestCase("\u0001\n\u202E", TestName = "Tags_are_UTF_8: characters that a name of a test cannot have")]
    public void Tags_are_UTF_8(string tag) =>
        Assert.That(Event.Parser.ParseFrom(Payload(tag, 1, 1)).Summary.Value[0].Tag, Is.EqualTo(tag));

    [Test]
    public void A_scalar_with_a_ten_letter_tag_takes_at_most_52_bytes()
    {
        Assert.That(Record("loss/train", 1, (1L << 28) - 1), Has.Length.LessThanOrEqualTo(52));
    }

    [Test]
    public void The_greatest_length_of_a_record_is_known_before_it_is_encoded([Values(1, 40, 300, 20_000)] int length)
    {
        string[] tags = [new string('x', length), new string('損', length)];
        foreach (string tag in tags)
            Assert.That(ScalarEvent.MaxRecordLength(tag), Is.GreaterThanOrEqualTo(Record(tag, 1, -1).Length));
        Assert.That(ScalarEvent.MaxRecordLength(tags[1]), Is.LessThanOrEqualTo(Record(tags[1], 1, 0).Length + 64));
    }

    // Attributes are stored as UTF-8, so the characters are given as numbers.
    [TestCase(2, 0x61, 0x62, 0xD800)]
    [TestCase(0, 0xDC00, 0x61, 0x62)]
    [TestCase(2, 0xD83D, 0xDE42, 0xD83D, 0xD83D)]
    public void A_lone_surrogate_is_rejected_with_its_position(int index, params int[] characters)
    {
        string tag = new([.. characters.Select(c => (char)c)]);
        var error = Assert.Throws<ArgumentException>(() => Record(tag, 1, 1));
        Assert.That(error.ParamName, Is.EqualTo("tag"));
        Assert.That(error.Message, Does.Contain($"index {index}"));
    }

    private static byte[] Payload(string tag, float value, long step) =>
        WrittenEvents.Records(Record(tag, value, step)).Single();

    private static byte[] Record(string tag, float value, long step)
    {
        var scalar = new ScalarRecord(new ScalarTemplates().Of(tag, step), value, step, WallTime);
        byte[] record = new byte[scalar.Length];
        scalar.WriteTo(ref record[0]);
        return record;
    }
}
