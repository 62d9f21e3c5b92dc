using Google.Protobuf;
using TorchBoard.Protos;
using TorchBoard.Records;

namespace TorchBoard.Events;

/// <summary>Any event's way to a framed record, by protobuf.</summary>
internal static class EventRecord
{
    private const string FileVersion = "brain.Event:2";
    private const string WriterName = "TorchBoard";

    /// <summary>The record that opens every event file.</summary>
    public static byte[] Opening(double wallTime) => Encode(new Event
    {
        WallTime = wallTime,
        FileVersion = FileVersion,
        SourceMetadata = new SourceMetadata { Writer = WriterName },
    });

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
