using System.Numerics;

namespace TorchBoard.Histograms;

/// <summary>
/// How values are distributed: counts in adjoining buckets, and the values' moments. Immutable.
/// </summary>
public sealed class Histogram
{
    private readonly double[] _limits;
    private readonly double[] _counts;

    /// <summary>Takes counts made elsewhere.</summary>
    /// <param name="min">The smallest value.</param>
    /// <param name="max">The largest value.</param>
    /// <param name="count">How many values there are.</param>
    /// <param name="sum">Their sum.</param>
    /// <param name="sumOfSquares">The sum of their squares.</param>
    /// <param name="limits">
    /// The right edges of the buckets, strictly ascending. A bucket's left edge is the limit before it; the first
    /// one's is <paramref name="min"/>.
    /// </param>
    /// <param name="counts">How many values each bucket holds; as many as limits.</param>
    /// <exception cref="ArgumentException">
    /// Limits and counts differ in number, limits do not ascend, or a number is not finite.
    /// </exception>
    public Histogram(
        double min, double max, double count, double sum, double sumOfSquares,
        ReadOnlySpan<double> limits, ReadOnlySpan<double> counts)
    {
        if (limits.Length != counts.Length || limits.IsEmpty)
        {
            throw new ArgumentException(
                $"As many counts as limits are wanted, and at least one; {limits.Length} limits and {counts.Length} "
                    + "counts given.",
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

    /// <summary>The smallest finite value; 0 where there is none.</summary>
    public double Min { get; private init; }

    /// <summary>The largest finite value; 0 where there is none.</summary>
    public double Max { get; private init; }

    /// <summary>How many finite values there are.</summary>
    public double Count { get; private init; }

    /// <summary>The sum of the finite values.</summary>
    public double Sum { get; private init; }

    /// <summary>The sum of the squares of the finite values.</summary>
    public double SumOfSquares { get; private init; }

    /// <summary>How many values were NaN or infinite. They are in no bucket and in no sum.</summary>
    public long NonFiniteCount { get; }

    /// <summary>The right edges of the buckets, ascending.</summary>
    public ReadOnlySpan<double> Limits => _limits;

    /// <summary>How many values each bucket holds.</summary>
    public ReadOnlySpan<double> Counts => _counts;

    /// <summary>Counts values in buckets.</summary>
    /// <typeparam name="T">Any number: float, double, Half, an integer.</typeparam>
    /// <param name="values">The values. NaN and ±Infinity are counted apart.</param>
    /// <param name="bins">Which buckets; <see cref="HistogramBins.Default"/> where none are named.</param>
    /// <remarks>
    /// Edges and counts equal NumPy's, without the empty buckets at either end, as in PyTorch; but without the one
    /// empty bucket that PyTorch leaves on the left, which TensorBoard's faster reader turns inside out. Values
    /// beyond the outermost edges, which NumPy leaves out, are in a bucket of their own.
    /// </remarks>
    public static Histogram Of<T>(ReadOnlySpan<T> values, HistogramBins bins = default)
        where T : unmanaged, INumberBase<T> => BucketCounts.Count(values, bins);

    /// <summary>As a file has it: its moments may be anything; the caller has made sure of limits and counts.</summary>
    internal static Histogram AsWritten(
        double min, double max, double count, double sum, double sumOfSquares, double[] limits, double[] counts) =>
        new(limits, counts) { Min = min, Max = max, Count = count, Sum = sum, SumOfSquares = sumOfSquares };

    private static void ThrowUnlessFinite(double value, string name)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"A finite number is wanted for '{name}'; {value} given."), name);
        }
    }
}
