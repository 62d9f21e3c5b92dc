using System.Numerics;

namespace TorchBoard.Histograms;

/// <summary>
/// Counts values in the default buckets piece by piece: values that do not fit in memory at once, or counts that a
/// device has made.
/// </summary>
/// <remarks>
/// The result equals that of <see cref="SummaryWriter.AddHistogram{T}(string, ReadOnlySpan{T}, long, HistogramBins,
/// DateTimeOffset?)"/> for all values together; sums may differ in rounding. Not thread-safe.
/// </remarks>
public sealed class HistogramCounter
{
    private readonly long[] _slots = new long[DefaultEdges.All.Length + 1];
    private Moments _moments = new();

    /// <summary>
    /// The edges of the default buckets, in ascending order. A value belongs to the bucket whose lower edge is the
    /// last one that is not above it.
    /// </summary>
    public static ReadOnlySpan<double> Edges => DefaultEdges.All;

    /// <summary>
    /// <see cref="Edges"/>, each rounded up to a float: a float is below one exactly where it is below the other, so
    /// floats are counted without a conversion.
    /// </summary>
    public static ReadOnlySpan<float> SingleEdges => DefaultEdges.Singles;

    /// <summary>The number of finite values that were counted.</summary>
    public long Count => _moments.Count;

    /// <summary>The number of NaN and infinite values, which are in no bucket.</summary>
    public long NonFiniteCount => _moments.NonFiniteCount;

    /// <summary>Counts values.</summary>
    /// <param name="values">The values, of any numeric type. NaN and ±Infinity are counted apart.</param>
    public void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumberBase<T>
    {
        long[] counted = BucketCounts.DefaultSlots(values, ref _moments);
        for (int i = 0; i < _slots.Length; i++)
            _slots[i] += counted[i];
    }

    /// <summary>Adds counts that were made elsewhere, such as on a GPU.</summary>
    /// <param name="counts">
    /// The number of finite values between edges, one more than <see cref="Edges"/>: first those below all edges, then
    /// those in each bucket, last those not below any edge.
    /// </param>
    /// <param name="min">The smallest finite value; ignored where <paramref name="counts"/> are all zero.</param>
    /// <param name="max">The largest finite value; ignored where <paramref name="counts"/> are all zero.</param>
    /// <param name="sum">The sum of the finite values.</param>
    /// <param name="sumOfSquares">The sum of the squares of the finite values.</param>
    /// <param name="nonFiniteCount">The number of NaN and infinite values.</param>
    /// <exception cref="ArgumentException">
    /// The counts are not as many as wanted, one is negative, or the range is not finite or ends before it begins.
    /// </exception>
    public void AddCounts(
        ReadOnlySpan<long> counts, double min, double max, double sum, double sumOfSquares, long nonFiniteCount = 0)
    {
        if (counts.Length != _slots.Length)
        {
            throw new ArgumentException(
                $"{_slots.Length} counts are wanted, one more than edges; {counts.Length} given.", nameof(counts));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(nonFiniteCount);
        long count = 0;
        foreach (long one in counts)
        {
            if (one < 0)
                throw new ArgumentException(FormattableString.Invariant($"A count is not negative; {one} given."), nameof(counts));
            count += one;
        }

        if (count > 0 && !(double.IsFinite(min) && double.IsFinite(max) && min <= max))
        {
            string range = FormattableString.Invariant($"min {min} and max {max}");
            throw new ArgumentException($"A finite min that is not above max is wanted; {range} given.", nameof(min));
        }

        _moments.Add(new Moments(min, max, count, sum, sumOfSquares, nonFiniteCount));
        for (int i = 0; i < _slots.Length; i++)
            _slots[i] += counts[i];
    }

    /// <summary>The histogram of what was counted so far. Counting may go on.</summary>
    public Histogram ToHistogram() => BucketCounts.OfDefaultSlots(_moments, (long[])_slots.Clone());
}
