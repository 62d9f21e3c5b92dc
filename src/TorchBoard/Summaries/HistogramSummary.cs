using TorchBoard.Histograms;
using TorchBoard.Protos;

namespace TorchBoard.Summaries;

/// <summary>
/// Histograms as <c>HistogramProto</c>: both readers turn it into the dashboards' form, and unlike that form it
/// keeps the number of values, their sum and the sum of their squares.
/// </summary>
internal static class HistogramSummary
{
    /// <summary>Beside a histogram, the curve of how many values were NaN or infinite.</summary>
    public const string NonFiniteSuffix = "/nonfinite";

    public static Summary Of(string tag, Histogram histogram)
    {
        var proto = new HistogramProto
        {
            Min = histogram.Min,
            Max = histogram.Max,
            Num = histogram.Count,
            Sum = histogram.Sum,
            SumSquares = histogram.SumOfSquares,
        };

        // An empty histogram is one without buckets in both readers.
        if (histogram.Count > 0)
        {
            proto.BucketLimit.AddRange(histogram.Limits.ToArray());
            proto.Bucket.AddRange(histogram.Counts.ToArray());
        }

        var summary = new Summary { Value = { new Summary.Types.Value { Tag = tag, Histo = proto } } };
        if (histogram.NonFiniteCount > 0)
        {
            summary.Value.Add(
                new Summary.Types.Value { Tag = tag + NonFiniteSuffix, SimpleValue = histogram.NonFiniteCount });
        }

        return summary;
    }
}
