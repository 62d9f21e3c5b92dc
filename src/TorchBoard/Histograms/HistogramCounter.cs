using System.Numerics;

namespace TorchBoard.Histograms;

/// <summary>
/// Counts values in the default buckets incrementally: values that do not fit in memory at once, or counts made on a
/// device.
/// </summary>
/// <remarks>
/// The result equals that of <see cref="SummaryWriter.AddHistogram{T}(string, ReadOnlySpan{T}, long, HistogramBins,
/// DateTimeOffset?)"/> for all values together, except that sums may differ in rounding. Not thread-safe.
/// </remarks>
public sealed class HistogramCounter
{
    private readonly long[] _slots = new long[DefaultEdges.All.Length + 1];
    private Moments _moments = new();

    /// <summary>
    /// The edges of the default buckets, in ascending order. A value belongs to the bucket whose lower edge is the last
    /// edge at or below the value.
    /// </summary>
    public static ReadOnlySpan<double> Edges => DefaultEdges.All;

    /// <summary>
    /// <see cref="Edges"/>, each rounded up to a float. A float is below the rounded edge exactly if it is below the
    /// edge, so floats can be counted without a conversion.
    /// </summary>
    public static ReadOnlySpan<float> SingleEdges => DefaultEdges.Singles;

    /// <summary>The number of finite values counted.</summary>
    public long Count => _moments.Count;

    /// <summary>The number of NaN and infinite values, which are in no bucket.</summary>
    public long NonFiniteCount => _moments.NonFiniteCount;

    /// <summary>Counts values.</summary>
    /// <param name="values">The values, of any numeric type. NaN and ±Infinity are counted separately.</param>
    public void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumberBase<T>
    {
        long[] counted = BucketCounts.DefaultSlots(values, ref _moments);
        for (int i = 0; i < _slots.Length; i++)
            _slots[i] += counted[i];
    }

    /// <summary>Adds counts made elsewhere, such as on a GPU.</summary>
    /// <param name="counts">
    /// The numbers of finite values between edges, one more than <see cref="Edges"/>: first the values below all edges,
    /// then those in each bucket, last those not below any edge.
    /// </param>
    /// <param name="min">The smallest finite value; ignored if <paramref name="counts"/> are all zero.</param>
    /// <param name="max">The largest finite value; ignored if <paramref name="counts"/> are all zero.</param>
    /// <param name="sum">The sum of the finite values.</param>
    /// <param name="sumOfSquares">The sum of the squares of the finite values.</param>
    /// <param name="nonFiniteCount">The number of NaN and infinite values.</param>
    /// <exception cref="ArgumentException">
    /// The number of counts is wrong, a count is negative, or the range is not finite or ends before it starts.
    /// </exception>
    public void AddCounts(
        ReadOnlySpan<long> counts, double min, double max, double sum, double sumOfSquares, long nonFiniteCount = 0)
    {
        if (counts.Length != _slots.Length)
        {
            throw new ArgumentException(
                $"There must be {_slots.Length} counts, one more than edges; was {counts.Length}.", nameof(counts));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(nonFiniteCount);
        long count = 0;
        foreach (long one in counts)
        {
            if (one < 0)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Counts must not be negative; one was {one}."), nameof(counts));
            }

            count += one;
        }

        if (count > 0 && !(double.IsFinite(min) && double.IsFinite(max) && min <= max))
        {
            string range = FormattableString.Invariant($"min {min} and max {max}");
            throw new ArgumentException($"The range must be finite, with min ≤ max; was {range}.", nameof(min));
        }

        _moments.Add(new Moments(min, max, count, sum, sumOfSquares, nonFiniteCount));
        for (int i = 0; i < _slots.Length; i++)
            _slots[i] += counts[i];
    }

    /// <summary>Returns the histogram of the values counted so far. Counting can continue.</summary>
    public Histogram ToHistogram() => BucketCounts.OfDefaultSlots(_moments, (long[])_slots.Clone());
}
