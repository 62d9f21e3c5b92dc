using Google.Protobuf;
using TorchBoard.Protos;
using TorchBoard.Records;

namespace TorchBoard.Events;

/// <summary>Any event's way to a framed record, by protobuf.</summary>
internal static class EventRecord
{
    private const string FileVersion = "brain.Event:2";
    private const string WriterName = "TorchBoard";

    /// <summary>
    /// The records that open every event file: its version and, for a restart, from which step on earlier points
    /// no longer count.
    /// </summary>
    /// <remarks>
    /// TensorBoard's Python reader purges at a session's START but ignores the first one of a run, so there are two;
    /// its faster reader needs none, as there each point replaces those of its tag that do not come before it.
    /// </remarks>
    public static byte[] Opening(double wallTime, long? purgeStep)
    {
        byte[] version = Encode(new Event
        {
            WallTime = wallTime,
            FileVersion = FileVersion,
            SourceMetadata = new SourceMetadata { Writer = WriterName },
        });
        if (purgeStep is not { } step)
            return version;

        byte[] start = Encode(new Event
        {
            WallTime = wallTime,
            Step = step,
            SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Start },
        });
        return [.. version, .. start, .. start];
    }

    public static Event Of(Summary summary, long step, double wallTime) => new()
    {
        WallTime = wallTime,
        Step = step,
        Summary = summary,
    };

    public static byte[] Encode(Event e)
    {
        int payloadLength = e.CalculateSize();
        byte[] record = new byte[payloadLength + RecordFrame.Overhead];
        e.WriteTo(record.AsSpan(RecordFrame.HeaderLength, payloadLength));
        RecordFrame.Close(record, payloadLength);
        return record;
    }
}
