using Google.Protobuf;
using TorchBoard.Protos;
using TorchBoard.Records;

namespace TorchBoard.Events;

/// <summary>Encodes any event as a framed record, by protobuf.</summary>
internal static class EventRecord
{
    private static ReadOnlySpan<byte> WriterName => "TorchBoard"u8;

    /// <summary>
    /// Returns the records that open every event file: the version and, for a restart, the step from which earlier
    /// points no longer count.
    /// </summary>
    /// <remarks>
    /// TensorBoard's Python reader purges at the START of a session but ignores the first one of a run, so there are
    /// two. Its faster reader needs none: each point there replaces earlier points of its tag at the same step or
    /// later.
    /// </remarks>
    public static byte[] Opening(double wallTime, long? purgeStep = null)
    {
        byte[] version = Version(wallTime);
        return purgeStep is { } step ? Restart(version, Start(wallTime, step)) : version;
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

    private static byte[] Restart(byte[] version, byte[] start) => [.. version, .. start, .. start];

    private static byte[] Start(double wallTime, long purgeStep) => Encode(new Event
    {
        WallTime = wallTime,
        Step = purgeStep,
        SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Start },
    });

    // Encoded by hand, and separately: a program that logs only scalars then does not load the protobuf library and
    // compiles a fifth fewer methods before its first scalar is written.
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

    /// <summary>Frames an event that is already encoded.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> payload)
    {
        byte[] record = new byte[payload.Length + RecordFrame.Overhead];
        payload.CopyTo(new Span<byte>(record)[RecordFrame.HeaderLength..]);
        RecordFrame.Close(record, payload.Length);
        return record;
    }
}
