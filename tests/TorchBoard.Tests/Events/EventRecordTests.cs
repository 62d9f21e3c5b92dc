using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Tests.Events;

internal sealed class EventRecordTests
{
    private const double WallTime = 1_700_000_000.25;

    private static readonly Event Version = new()
    {
        WallTime = WallTime,
        FileVersion = "brain.Event:2",
        SourceMetadata = new SourceMetadata { Writer = "TorchBoard" },
    };

    private static readonly Event Loss = new()
    {
        WallTime = WallTime,
        Step = 7,
        Summary = new Summary { Value = { new Summary.Types.Value { Tag = "loss", SimpleValue = 0.5f } } },
    };

    [Test]
    public void A_file_begins_with_its_version() =>
        Assert.That(Read(EventRecord.Opening(WallTime)), Is.EqualTo([Version]));

    // TensorBoard's Python reader ignores the first session of a run: tensorboard/backend/event_processing.
    [TestCase(0)]
    [TestCase(5000)]
    public void A_restart_begins_two_sessions_at_its_step(long step)
    {
        var start = new Event
        {
            WallTime = WallTime,
            Step = step,
            SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Start },
        };
        Assert.That(Read(EventRecord.Opening(WallTime, step)), Is.EqualTo([Version, start, start]));
    }

    [Test]
    public void An_event_of_a_summary_has_its_step_and_time() =>
        Assert.That(EventRecord.Of(Loss.Summary, 7, WallTime), Is.EqualTo(Loss));

    // The record that TensorFlow writes for this event: its length, the checksums and the payload.
    [Test]
    public void A_record_is_framed_as_by_TensorFlow()
    {
        const string Payload = "09" + "00001040FC54D941" + "1007" + "2A0D" + "0A0B" + "0A04" + "6C6F7373" + "15" + "0000003F";
        byte[] payload = Convert.FromHexString(Payload);
        byte[] record = EventRecord.Encode(Loss);

        Assert.That(WrittenEvents.Records(record), Is.EqualTo([payload]));
        Assert.That(EventRecord.Frame(payload), Is.EqualTo(record));
    }

    private static IEnumerable<Event> Read(byte[] records) => WrittenEvents.Records(records).Select(Event.Parser.ParseFrom);
}
