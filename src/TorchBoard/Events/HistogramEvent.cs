using System.Runtime.InteropServices;
using TorchBoard.Histograms;
using TorchBoard.Records;

namespace TorchBoard.Events;

/// <summary>
/// Encodes a histogram as a framed record by hand. The bytes equal those of protobuf; almost all are copies of limits
/// and counts.
/// </summary>
internal static class HistogramEvent
{
    /// <summary>Encodes the event of a histogram and of the number of its values that are not finite, if any.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="nonFiniteTag">The tag of the number of values that are not finite.</param>
    /// <param name="histogram">The histogram.</param>
    /// <param name="step">The step.</param>
    /// <param name="wallTime">Seconds since 1970-01-01 UTC.</param>
    public static byte[] Encode(string tag, string nonFiniteTag, Histogram histogram, long step, double wallTime)
    {
        // Both readers take a histogram without buckets as empty.
        int packed = histogram.Count > 0 ? histogram.Limits.Length * sizeof(double) : 0;
        int histogramLength = MomentsLength(histogram) + (packed > 0 ? 2 * WireWriter.FieldLength(packed) : 0);
        int tagLength = Tag.Utf8Length(tag);
        int valueLength = WireWriter.FieldLength(tagLength) + WireWriter.FieldLength(histogramLength);
        int summaryLength = WireWriter.FieldLength(valueLength);

        int nonFiniteTagLength = histogram.NonFiniteCount > 0 ? Tag.Utf8Length(nonFiniteTag) : 0;
        int nonFiniteLength = WireWriter.FieldLength(nonFiniteTagLength) + 1 + sizeof(float);
        if (histogram.NonFiniteCount > 0)
            summaryLength += WireWriter.FieldLength(nonFiniteLength);

        int payloadLength = DoubleLength(wallTime)
            + (step != 0 ? 1 + WireWriter.VarintLength((ulong)step) : 0) + WireWriter.FieldLength(summaryLength);
        byte[] record = GC.AllocateUninitializedArray<byte>(payloadLength + RecordFrame.Overhead);
        var wire = new WireWriter(record.AsSpan(RecordFrame.HeaderLength));
        Write(ref wire, WireKey.EventWallTime, wallTime);
        if (step != 0)
        {
            wire.Byte(WireKey.EventStep);
            wire.Varint((ulong)step);
        }

        Open(ref wire, WireKey.EventSummary, summaryLength);
        Open(ref wire, WireKey.SummaryValue, valueLength);
        Write(ref wire, tag, tagLength);
        Open(ref wire, WireKey.ValueHistogram, histogramLength);
        Write(ref wire, WireKey.HistogramMin, histogram.Min);
        Write(ref wire, WireKey.HistogramMax, histogram.Max);
        Write(ref wire, WireKey.HistogramCount, histogram.Count);
        Write(ref wire, WireKey.HistogramSum, histogram.Sum);
        Write(ref wire, WireKey.HistogramSumOfSquares, histogram.SumOfSquares);
        if (packed > 0)
        {
            Write(ref wire, WireKey.HistogramLimits, histogram.Limits);
            Write(ref wire, WireKey.HistogramCounts, histogram.Counts);
        }

        if (histogram.NonFiniteCount > 0)
        {
            Open(ref wire, WireKey.SummaryValue, nonFiniteLength);
            Write(ref wire, nonFiniteTag, nonFiniteTagLength);
            wire.Byte(WireKey.ValueSimpleValue);
            wire.Single(histogram.NonFiniteCount);
        }

        RecordFrame.Close(record, payloadLength);
        return record;
    }

    private static int MomentsLength(Histogram histogram) =>
        DoubleLength(histogram.Min) + DoubleLength(histogram.Max) + DoubleLength(histogram.Count)
        + DoubleLength(histogram.Sum) + DoubleLength(histogram.SumOfSquares);

    // Protobuf omits zeros.
    private static int DoubleLength(double value) => value == 0 ? 0 : 1 + sizeof(double);

    private static void Open(ref WireWriter wire, byte key, int length)
    {
        wire.Byte(key);
        wire.Varint((uint)length);
    }

    private static void Write(ref WireWriter wire, byte key, double value)
    {
        if (value == 0)
            return;
        wire.Byte(key);
        wire.Double(value);
    }

    private static void Write(ref WireWriter wire, byte key, ReadOnlySpan<double> values)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        Open(ref wire, key, bytes.Length);
        bytes.CopyTo(wire.Take(bytes.Length));
    }

    private static void Write(ref WireWriter wire, string tag, int length)
    {
        Open(ref wire, WireKey.ValueTag, length);
        Tag.WriteUtf8(tag, wire.Take(length));
    }
}
