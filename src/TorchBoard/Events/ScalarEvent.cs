using TorchBoard.Records;

namespace TorchBoard.Events;

/// <summary>
/// The scalar's way from numbers to a framed record, by hand: it is the one event that is written millions of
/// times, and this way costs no allocation. The value is a <c>simple_value</c> without metadata, which both of
/// TensorBoard's readers take as it is.
/// </summary>
internal static class ScalarEvent
{
    // Field number << 3 | wire type.
    private const byte EventWallTime = 1 << 3 | 1;
    private const byte EventStep = 2 << 3 | 0;
    private const byte EventSummary = 5 << 3 | 2;
    private const byte SummaryValue = 1 << 3 | 2;
    private const byte ValueTag = 1 << 3 | 2;
    private const byte ValueSimpleValue = 2 << 3 | 5;

    /// <summary>An upper bound of the record's length: five lengths and a step at their longest, and the tag.</summary>
    public static int MaxRecordLength(int tagLength) => RecordFrame.Overhead + 64 + tagLength;

    /// <summary>Writes the whole record and returns its length.</summary>
    /// <exception cref="ArgumentException">The tag is no valid Unicode.</exception>
    public static int Write(Span<byte> record, string tag, int tagLength, float value, long step, double wallTime)
    {
        int valueLength = 1 + WireWriter.VarintLength((uint)tagLength) + tagLength + 1 + sizeof(float);
        int summaryLength = 1 + WireWriter.VarintLength((uint)valueLength) + valueLength;

        var wire = new WireWriter(record[RecordFrame.HeaderLength..]);
        wire.Byte(EventWallTime);
        wire.Double(wallTime);
        if (step != 0)
        {
            wire.Byte(EventStep);
            wire.Varint((ulong)step);
        }

        wire.Byte(EventSummary);
        wire.Varint((uint)summaryLength);
        wire.Byte(SummaryValue);
        wire.Varint((uint)valueLength);
        wire.Byte(ValueTag);
        wire.Varint((uint)tagLength);
        Tag.WriteUtf8(tag, wire.Take(tagLength));
        wire.Byte(ValueSimpleValue);
        wire.Single(value);

        return RecordFrame.Close(record, wire.Position);
    }
}
