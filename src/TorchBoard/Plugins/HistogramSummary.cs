using TorchBoard.Events;
using TorchBoard.Histograms;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>
/// Histograms as <c>HistogramProto</c>. Both readers convert it to the dashboards' form; unlike that form, it keeps the
/// number of values, their sum and the sum of their squares.
/// </summary>
internal static class HistogramSummary
{
    /// <summary>The suffix of the tag of the curve that counts NaN and infinite values of a histogram.</summary>
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

        // Both readers take a histogram without buckets as empty.
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

    public static Histogram Decode(scoped in ValueView value) => value.Form == ValueForm.Histogram
        ? Decode(HistogramProto.Parser.ParseFrom(value.Body))
        : Decode(TensorSummary.DecodeWhole(value, "histogram"));

    // The legacy form: right edges and counts.
    private static Histogram Decode(HistogramProto proto)
    {
        if (proto.BucketLimit.Count != proto.Bucket.Count)
        {
            throw new InvalidDataException(
                $"the histogram has {proto.BucketLimit.Count} limits but {proto.Bucket.Count} counts");
        }

        var buckets = new Buckets(proto.Bucket.Count);
        for (int i = 0; i < proto.Bucket.Count; i++)
            buckets.Add(proto.BucketLimit[i], proto.Bucket[i]);

        // In an empty histogram of TensorFlow, minimum and maximum are the largest and smallest doubles.
        bool isEmpty = proto.Num == 0;
        return buckets.Close(
            isEmpty ? 0 : proto.Min, isEmpty ? 0 : proto.Max, proto.Num, proto.Sum, proto.SumSquares);
    }

    // The new style: rows of left edge, right edge and count. Sums are estimated from the centers of the buckets.
    private static Histogram Decode(TensorValue tensor)
    {
        if (tensor.Shape is not [_, 3] || !tensor.IsNumeric)
            throw new InvalidDataException($"a histogram must have the shape [buckets, 3]; the tensor is {tensor}");

        double[] rows = tensor.ToDoubles();
        var buckets = new Buckets((rows.Length / 3) + 1);
        double count = 0, sum = 0, sumOfSquares = 0;
        for (int i = 0; i < rows.Length; i += 3)
        {
            (double left, double right, double inBucket) = (rows[i], rows[i + 1], rows[i + 2]);
            if (i > 0 && left > rows[i - 2])
                buckets.Add(left, 0);
            buckets.Add(right, inBucket);

            double middle = (left / 2) + (right / 2);
            count += inBucket;
            sum += inBucket * middle;
            sumOfSquares += inBucket * middle * middle;
        }

        return buckets.Close(
            rows.Length > 0 ? rows[0] : 0, rows.Length > 0 ? rows[^2] : 0, count, sum, sumOfSquares);
    }

    /// <summary>Collects limits and counts and makes the limits strictly ascending.</summary>
    private sealed class Buckets(int capacity)
    {
        private readonly List<double> _limits = new(capacity);
        private readonly List<double> _counts = new(capacity);

        public void Add(double limit, double count)
        {
            // Some writers end with an infinite limit.
            limit = Math.Clamp(limit, double.MinValue, double.MaxValue);
            if (double.IsNaN(limit) || !double.IsFinite(count) || count < 0)
            {
                throw new InvalidDataException(
                    FormattableString.Invariant($"a bucket has the limit {limit} and the count {count}"));
            }

            if (_limits.Count > 0 && limit == _limits[^1])
            {
                _counts[^1] += count;
                return;
            }

            if (_limits.Count > 0 && limit < _limits[^1])
            {
                throw new InvalidDataException(
                    FormattableString.Invariant($"a histogram's limit {limit} follows the limit {_limits[^1]}"));
            }

            _limits.Add(limit);
            _counts.Add(count);
        }

        public Histogram Close(double min, double max, double count, double sum, double sumOfSquares)
        {
            if (_limits.Count == 0)
                Add(0, 0);
            return Histogram.AsWritten(min, max, count, sum, sumOfSquares, [.. _limits], [.. _counts]);
        }
    }
}
