using System.Numerics;

namespace TorchBoard.Histograms;

/// <summary>
/// The distribution of values: counts in adjacent buckets, and the values' moments. Immutable.
/// </summary>
public sealed class Histogram
{
    private readonly double[] _limits;
    private readonly double[] _counts;

    /// <summary>Initializes a histogram from counts made elsewhere.</summary>
    /// <param name="min">The smallest value.</param>
    /// <param name="max">The largest value.</param>
    /// <param name="count">The number of values.</param>
    /// <param name="sum">The sum of the values.</param>
    /// <param name="sumOfSquares">The sum of the squares of the values.</param>
    /// <param name="limits">
    /// The right edges of the buckets, strictly ascending. A bucket's left edge is the previous limit; the first
    /// bucket's is <paramref name="min"/>.
    /// </param>
    /// <param name="counts">The number of values in each bucket; one per limit.</param>
    /// <exception cref="ArgumentException">
    /// The numbers of limits and counts differ, there is none, limits do not ascend, a count is negative, or a number
    /// is not finite.
    /// </exception>
    public Histogram(
        double min, double max, double count, double sum, double sumOfSquares,
        ReadOnlySpan<double> limits, ReadOnlySpan<double> counts)
    {
        if (limits.Length != counts.Length || limits.IsEmpty)
        {
            throw new ArgumentException(
                $"There must be as many counts as limits, and at least one; got {limits.Length} limits and "
                + $"{counts.Length} counts.",
                nameof(counts));
        }

        ThrowUnlessFinite(min, nameof(min));
        ThrowUnlessFinite(max, nameof(max));
        ThrowUnlessFinite(count, nameof(count));
        ThrowUnlessFinite(sum, nameof(sum));
        ThrowUnlessFinite(sumOfSquares, nameof(sumOfSquares));
        for (int i = 0; i < limits.Length; i++)
        {
            if (!double.IsFinite(limits[i]) || (i > 0 && limits[i] <= limits[i - 1]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Limits must be finite and strictly ascending; limit {i} is {limits[i]}."),
                    nameof(limits));
            }

            if (!double.IsFinite(counts[i]) || counts[i] < 0)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Counts must be finite and not negative; count {i} is {counts[i]}."),
                    nameof(counts));
            }
        }

        Min = min;
        Max = max;
        Count = count;
        Sum = sum;
        SumOfSquares = sumOfSquares;
        _limits = limits.ToArray();
        _counts = counts.ToArray();
    }

    internal Histogram(Moments moments, double[] limits, double[] counts)
    {
        Min = moments.Min;
        Max = moments.Max;
        Count = moments.Count;
        Sum = moments.Sum;
        SumOfSquares = moments.SumOfSquares;
        NonFiniteCount = moments.NonFiniteCount;
        _limits = limits;
        _counts = counts;
    }

    private Histogram(double[] limits, double[] counts)
    {
        _limits = limits;
        _counts = counts;
    }

    /// <summary>The smallest finite value; 0 if there is none.</summary>
    public double Min { get; private init; }

    /// <summary>The largest finite value; 0 if there is none.</summary>
    public double Max { get; private init; }

    /// <summary>The number of finite values.</summary>
    public double Count { get; private init; }

    /// <summary>The sum of the finite values.</summary>
    public double Sum { get; private init; }

    /// <summary>The sum of the squares of the finite values.</summary>
    public double SumOfSquares { get; private init; }

    /// <summary>The number of NaN and infinite values. They are in no bucket and no sum.</summary>
    public long NonFiniteCount { get; private init; }

    /// <summary>The right edges of the buckets, ascending.</summary>
    public ReadOnlySpan<double> Limits => _limits;

    /// <summary>The number of values in each bucket.</summary>
    public ReadOnlySpan<double> Counts => _counts;

    /// <summary>Counts values in buckets.</summary>
    /// <typeparam name="T">Any numeric type: float, double, Half, an integer.</typeparam>
    /// <param name="values">The values. NaN and ±Infinity are counted separately.</param>
    /// <param name="bins">The buckets; <see cref="HistogramBins.Default"/> by default.</param>
    /// <remarks>
    /// Edges and counts equal NumPy's, without the empty buckets at either end. PyTorch also trims them, but keeps one
    /// empty bucket on the left, which TensorBoard's faster reader turns inside out. Values beyond the outermost edges,
    /// which NumPy ignores, are counted in a separate bucket at each end.
    /// </remarks>
    public static Histogram Of<T>(ReadOnlySpan<T> values, HistogramBins bins = default)
        where T : unmanaged, INumberBase<T> => BucketCounts.Count(values, bins);

    /// <summary>
    /// Creates a histogram read from a file: its moments may be any numbers; the caller has checked limits and counts.
    /// </summary>
    internal static Histogram AsWritten(
        double min, double max, double count, double sum, double sumOfSquares, double[] limits, double[] counts,
        long nonFiniteCount = 0) => new(limits, counts)
        {
            Min = min,
            Max = max,
            Count = count,
            Sum = sum,
            SumOfSquares = sumOfSquares,
            NonFiniteCount = nonFiniteCount,
        };

    private static void ThrowUnlessFinite(double value, string name)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{name}' must be finite; was {value}."), name);
        }
    }
}
