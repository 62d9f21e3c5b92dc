using System.Numerics;
using System.Runtime.CompilerServices;

namespace TorchBoard.Histograms;

/// <summary>Counts values between edges and trims the empty buckets at both ends.</summary>
internal static class BucketCounts
{
    /// <summary>Values are converted and counted in chunks that fit in the L1 cache.</summary>
    private const int ChunkLength = 2048;

    public static Histogram Count<T>(ReadOnlySpan<T> values, HistogramBins bins)
        where T : unmanaged, INumberBase<T>
    {
        if (!bins.ChosenEdges.IsEmpty)
            return CountBetween(values, bins.ChosenEdges);
        if (bins.Count > 0)
            return CountBetween(values, EqualEdges(MomentsOf(values), bins.Count));
        if (bins.Rule != BinRule.None)
            return CountByRule(values, bins.Rule);

        var moments = new Moments();
        long[] slots = DefaultSlots(values, ref moments);
        return Trim(moments, DefaultEdges.All, slots);
    }

    /// <summary>Counts values in the default buckets and adds them to moments.</summary>
    /// <returns>
    /// The count at index i is the number of values with exactly i edges at or below them.
    /// </returns>
    public static long[] DefaultSlots<T>(ReadOnlySpan<T> values, ref Moments moments)
        where T : unmanaged, INumberBase<T> =>

        // Half has no hardware arithmetic, and float represents all of its values exactly.
        typeof(T) == typeof(float) || typeof(T) == typeof(Half)
            ? DefaultSlots<T, float>(values, ref moments)
            : DefaultSlots<T, double>(values, ref moments);

    /// <summary>Creates a histogram from counts in the default buckets made in parts or elsewhere.</summary>
    /// <param name="moments">The values' moments.</param>
    /// <param name="slots">The counts, as returned by <see cref="DefaultSlots{T}"/>.</param>
    public static Histogram OfDefaultSlots(Moments moments, Span<long> slots) =>
        Trim(moments, DefaultEdges.All, slots);

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long[] DefaultSlots<T, TWork>(ReadOnlySpan<T> values, ref Moments moments)
        where T : unmanaged, INumberBase<T>
        where TWork : unmanaged, IBinaryFloatingPointIeee754<TWork>
    {
        DefaultBuckets<TWork> buckets = DefaultBuckets<TWork>.Shared;
        Span<int> counters = stackalloc int[DefaultBuckets<TWork>.CounterCount];
        counters.Clear();
        Span<TWork> work = stackalloc TWork[ChunkLength];

        // Without a conversion, a chunk need not fit in the L1 cache, but a NaN costs a second pass over its chunk.
        int chunkLength = typeof(T) == typeof(TWork) ? 8 * ChunkLength : ChunkLength;
        for (int i = 0; i < values.Length; i += chunkLength)
        {
            ReadOnlySpan<TWork> chunk = Conversion.To(values.Slice(i, Math.Min(chunkLength, values.Length - i)), work);
            buckets.Count(chunk, counters, ref moments);
        }

        return buckets.Slots(counters);
    }

    private static Histogram CountByRule<T>(ReadOnlySpan<T> values, BinRule rule)
        where T : unmanaged, INumberBase<T>
    {
        double[] copy = new double[values.Length];
        Conversion.To<T, double>(values, copy).CopyTo(copy);
        Moments moments = MomentsOf<double>(copy);
        return CountBetween<double>(copy, EqualEdges(moments, BinCount.Of(rule, (double[])copy.Clone(), moments)));
    }

    private static Histogram CountBetween<T>(ReadOnlySpan<T> values, ReadOnlySpan<double> edges)
        where T : unmanaged, INumberBase<T>
    {
        long[] slots = new long[edges.Length + 1];
        var moments = new Moments();
        Span<double> work = stackalloc double[ChunkLength];
        for (int i = 0; i < values.Length; i += ChunkLength)
        {
            ReadOnlySpan<double> chunk = Conversion.To(values.Slice(i, Math.Min(ChunkLength, values.Length - i)), work);
            moments.Add(chunk);
            foreach (double value in chunk)
            {
                if (double.IsFinite(value))
                    slots[SlotOf(value, edges)]++;
            }
        }

        return Trim(moments, edges, slots);
    }

    private static int SlotOf(double value, ReadOnlySpan<double> edges)
    {
        // The last bucket includes its right edge.
        if (value == edges[^1])
            return edges.Length - 1;
        int found = edges.BinarySearch(value);
        return found >= 0 ? found + 1 : ~found;
    }

    private static Moments MomentsOf<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumberBase<T>
    {
        var moments = new Moments();
        Span<double> work = stackalloc double[ChunkLength];
        for (int i = 0; i < values.Length; i += ChunkLength)
            moments.Add(Conversion.To(values.Slice(i, Math.Min(ChunkLength, values.Length - i)), work));
        return moments;
    }

    // The edges of numpy.linspace; if all values are equal, from 0.5 below to 0.5 above.
    private static double[] EqualEdges(Moments moments, int count)
    {
        (double first, double last) = (moments.Min, moments.Max);
        if (first == last)
            (first, last) = (first - 0.5, last + 0.5);
        double width = (last - first) / count;
        var edges = new List<double>(count + 1) { first };
        for (int i = 1; i < count; i++)
        {
            double edge = double.IsFinite(width)
                ? first + (i * width)
                : (first / count * (count - i)) + (last / count * i);
            if (edge > edges[^1] && edge < last)
                edges.Add(edge);
        }

        // Close to 2⁵³, adding 0.5 has no effect, and adjacent values have no number between them.
        edges.Add(last > edges[^1] ? last : Math.BitIncrement(last));
        return [.. edges];
    }

    // Slot i counts the values below edge i and not below edge i - 1; the last slot, those not below any edge.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Histogram Trim(Moments moments, ReadOnlySpan<double> edges, Span<long> slots)
    {
        if (moments.Count == 0)
            return new Histogram(moments, [0], [0]);

        // A manual loop: the framework's searches are slow until tiered compilation optimizes them.
        int first = 0;
        while (slots[first] == 0)
            first++;
        int last = slots.Length - 1;
        while (slots[last] == 0)
            last--;

        // Values equal to the last edge belong to the last bucket.
        if (first < last && last == edges.Length && moments.Max == edges[^1])
        {
            slots[last - 1] += slots[last];
            last--;
        }

        double[] limits = new double[last - first + 1];
        double[] counts = new double[limits.Length];
        for (int i = 0; i < limits.Length; i++)
        {
            limits[i] = first + i < edges.Length ? edges[first + i] : moments.Max;
            counts[i] = slots[first + i];
        }

        return new Histogram(moments, limits, counts);
    }
}
