using Google.Protobuf;
using TorchBoard.Protos;
using TorchBoard.Records;

namespace TorchBoard.Events;

/// <summary>Any event's way to a framed record, by protobuf.</summary>
internal static class EventRecord
{
    private static ReadOnlySpan<byte> WriterName => "TorchBoard"u8;

    /// <summary>
    /// The records that open every event file: its version and, for a restart, from which step on earlier points
    /// no longer count.
    /// </summary>
    /// <remarks>
    /// TensorBoard's Python reader purges at a session's START but ignores the first one of a run, so there are two;
    /// its faster reader needs none, as there each point replaces those of its tag that do not come before it.
    /// </remarks>
    public static byte[] Opening(double wallTime, long? purgeStep = null)
    {
        byte[] version = Version(wallTime);
        if (purgeStep is not { } step)
            return version;
        byte[] start = Start(wallTime, step);
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

    private static byte[] Start(double wallTime, long purgeStep) => Encode(new Event
    {
        WallTime = wallTime,
        Step = purgeStep,
        SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Start },
    });

    // By hand, and with the above apart: a program that logs only scalars then need not load protobuf's library, and
    // compiles a fifth fewer methods before its first one is written.
    private static byte[] Version(double wallTime)
    {
        Span<byte> payload = stackalloc byte[64];
        var wire = new WireWriter(payload);
        wire.Byte(WireKey.EventWallTime);
        wire.Double(wallTime);
        wire.Byte(WireKey.EventFileVersion);
        wire.Varint((uint)FileVersion.Utf8.Length);
        FileVersion.Utf8.CopyTo(wire.Take(FileVersion.Utf8.Length));
        wire.Byte(WireKey.EventSourceMetadata);
        wire.Varint((uint)WriterName.Length + 2);
        wire.Byte(WireKey.SourceMetadataWriter);
        wire.Varint((uint)WriterName.Length);
        WriterName.CopyTo(wire.Take(WriterName.Length));
        return Frame(payload[..wire.Position]);
    }

    /// <summary>A record around an event that is encoded already.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> payload)
    {
        byte[] record = new byte[payload.Length + RecordFrame.Overhead];
        payload.CopyTo(record.AsSpan(RecordFrame.HeaderLength));
        RecordFrame.Close(record, payload.Length);
        return record;
    }
}
