using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Tests.Events;

/// <summary>Events of other writers, as protobuf encodes them.</summary>
internal sealed class EventViewTests
{
    private const double WallTime = 1_700_000_000.25;

    private static readonly (EventContent Content, Event Event, int Length)[] Contents =
    [
        (EventContent.None, new Event { SourceMetadata = new SourceMetadata { Writer = "x" } }, 0),
        (EventContent.FileVersion, new Event { FileVersion = "brain.Event:2" }, 13),
        (EventContent.Graph, new Event { GraphDef = ByteString.CopyFrom(1, 2, 3) }, 3),
        (EventContent.Summary, new Event { Summary = new Summary { Value = { new Summary.Types.Value { Tag = "t" } } } }, 5),
        (EventContent.SessionLog, new Event { SessionLog = new SessionLog { Msg = "hello" } }, 7),
        (EventContent.RunMetadata, new Event { TaggedRunMetadata = new TaggedRunMetadata { Tag = "run" } }, 5),
        (EventContent.MetaGraph, new Event { MetaGraphDef = ByteString.CopyFrom(1, 2) }, 2),
    ];

    [Test]
    public void Each_content_is_recognized_with_time_step_and_bytes([Range(0, 6)] int row)
    {
        (EventContent content, Event e, int length) = Contents[row];
        e.WallTime = WallTime;
        e.Step = -3;
        Assert.That(EventView.TryRead(e.ToByteArray(), out EventView view));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((view.WallTime, view.Step, view.Content), Is.EqualTo((WallTime, -3L, content)));
            Assert.That(view.Body.Length, Is.EqualTo(length));
            Assert.That(view.IsSessionStart(), Is.False);
        }
    }

    [Test]
    public void An_event_without_fields_has_their_defaults()
    {
        Assert.That(EventView.TryRead([], out EventView view));
        Assert.That((view.WallTime, view.Step, view.Content), Is.EqualTo((0.0, 0L, EventContent.None)));
    }

    // Field 6 is the log message of old TensorFlow, field 11 one of the future; field 5 of another type is no summary.
    [TestCase("32021001")]
    [TestCase("5A021001")]
    [TestCase("5801")]
    [TestCase("590000000000000000")]
    [TestCase("5D00000000")]
    [TestCase("2805")]
    public void Unknown_fields_are_ignored(string field)
    {
        byte[] payload = [.. Convert.FromHexString(field), 0x10, 0x07, .. Convert.FromHexString(field)];
        Assert.That(EventView.TryRead(payload, out EventView view));
        Assert.That((view.WallTime, view.Step, view.Content), Is.EqualTo((0.0, 7L, EventContent.None)));
    }

    [TestCase("09" + "0000", TestName = "A truncated wall time")]
    [TestCase("10", TestName = "A missing step")]
    [TestCase("2A" + "05" + "00", TestName = "A truncated summary")]
    [TestCase("10" + "01" + "0B", TestName = "A group after the step")]
    public void Malformed_events_are_not_read(string payload) =>
        Assert.That(EventView.TryRead(Convert.FromHexString(payload), out _), Is.False);

    [Test]
    public void A_session_starts_where_its_status_says_so([Values] SessionLog.Types.SessionStatus status)
    {
        byte[] payload = new Event { SessionLog = new SessionLog { Status = status, Msg = "m", CheckpointPath = "p" } }.ToByteArray();
        Assert.That(EventView.TryRead(payload, out EventView view));
        Assert.That(view.IsSessionStart(), Is.EqualTo(status == SessionLog.Types.SessionStatus.Start));
    }

    // Protobuf's encoders may write fields in any order: here the message "m" before the status, and a path after it.
    [Test]
    public void A_session_starts_also_if_its_status_is_not_the_first_field()
    {
        Assert.That(EventView.TryRead([0x3A, 0x08, 0x1A, 0x01, (byte)'m', 0x08, 0x01, 0x12, 0x01, (byte)'p'], out EventView view));
        Assert.That(view.IsSessionStart(), Is.True);
    }

    [Test]
    public void A_summary_with_the_bytes_of_a_session_start_is_none()
    {
        Assert.That(EventView.TryRead([0x2A, 0x02, 0x08, 0x01], out EventView view));
        Assert.That((view.Content, view.IsSessionStart()), Is.EqualTo((EventContent.Summary, false)));
    }
}
