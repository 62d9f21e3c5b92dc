using System.Numerics;

namespace TorchBoard;

/// <summary>Counts values between edges and trims the counts to what they hold.</summary>
internal static class BucketCounts
{
    /// <summary>Values are converted and counted in chunks that stay in the first-level cache.</summary>
    private const int ChunkLength = 1024;

    public static Histogram Count<T>(ReadOnlySpan<T> values, HistogramBins bins)
        where T : unmanaged, INumberBase<T>
    {
        if (!bins.ChosenEdges.IsEmpty)
            return CountBetween(values, bins.ChosenEdges);
        if (bins.Count > 0)
            return CountBetween(values, EqualEdges(MomentsOf(values), bins.Count));
        if (bins.Rule != BinRule.None)
            return CountByRule(values, bins.Rule);

        // Half has no arithmetic of its own, and float loses none of its values.
        return typeof(T) == typeof(float) || typeof(T) == typeof(Half)
            ? CountDefault<T, float>(values)
            : CountDefault<T, double>(values);
    }

    /// <summary>The histogram of counts in the default buckets that were made elsewhere.</summary>
    /// <param name="moments">The values' moments.</param>
    /// <param name="slots">
    /// How many values have how many edges not above them: first those below all edges, last those above.
    /// </param>
    public static Histogram OfDefaultSlots(Moments moments, ReadOnlySpan<long> slots) =>
        Trim(moments, DefaultEdges.All, slots);

    private static Histogram CountDefault<T, TWork>(ReadOnlySpan<T> values)
        where T : unmanaged, INumberBase<T>
        where TWork : unmanaged, IBinaryFloatingPointIeee754<TWork>
    {
        DefaultBuckets<TWork> buckets = DefaultBuckets<TWork>.Shared;
        int[] counters = buckets.NewCounters();
        var moments = new Moments();
        Span<TWork> work = stackalloc TWork[ChunkLength];
        Span<double> doubles = stackalloc double[ChunkLength];
        for (int i = 0; i < values.Length; i += ChunkLength)
        {
            ReadOnlySpan<T> chunk = values.Slice(i, Math.Min(ChunkLength, values.Length - i));
            buckets.Count(AddTo(ref moments, chunk, work, doubles), counters);
        }

        return Trim(moments, DefaultEdges.All, buckets.Slots(counters));
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
            ReadOnlySpan<T> chunk = values.Slice(i, Math.Min(ChunkLength, values.Length - i));
            foreach (double value in AddTo(ref moments, chunk, work, work))
                slots[SlotOf(value, edges)]++;
        }

        return Trim(moments, edges, slots);
    }

    /// <summary>Adds a chunk to the moments and returns its finite values.</summary>
    private static ReadOnlySpan<TWork> AddTo<T, TWork>(
        ref Moments moments, ReadOnlySpan<T> chunk, Span<TWork> work, Span<double> doubles)
        where T : unmanaged, INumberBase<T>
        where TWork : unmanaged, IBinaryFloatingPointIeee754<TWork>
    {
        ReadOnlySpan<TWork> converted = Conversion.To(chunk, work);
        if (moments.TryAdd(Conversion.To(converted, doubles)))
            return converted;

        int finite = 0;
        for (int i = 0; i < converted.Length; i++)
        {
            if (TWork.IsFinite(converted[i]))
                work[finite++] = converted[i];
        }

        moments.AddNonFinite(converted.Length - finite);
        converted = work[..finite];
        moments.TryAdd(Conversion.To(converted, doubles));
        return converted;
    }

    private static int SlotOf(double value, ReadOnlySpan<double> edges)
    {
        // The last bucket holds its right edge.
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
            AddTo(ref moments, values.Slice(i, Math.Min(ChunkLength, values.Length - i)), work, work);
        return moments;
    }

    // As numpy.linspace makes them; where all values are equal, half to either side.
    private static double[] EqualEdges(Moments moments, int count)
    {
        (double first, double last) = (moments.Min, moments.Max);
        if (first == last)
            (first, last) = (first - 0.5, last + 0.5);
        double width = (last - first) / count;
        if (!double.IsFinite(width))
            width = (last / count) - (first / count);

        var edges = new List<double>(count + 1) { first };
        for (int i = 1; i < count; i++)
        {
            double edge = first + (i * width);
            if (edge > edges[^1] && edge < last)
                edges.Add(edge);
        }

        // Close to 2⁵³, half to either side is nothing, and neighbours have no number between them.
        edges.Add(last > edges[^1] ? last : Math.BitIncrement(last));
        return [.. edges];
    }

    private static Histogram Trim(Moments moments, ReadOnlySpan<double> edges, ReadOnlySpan<long> slots)
    {
        if (moments.Count == 0)
            return new Histogram(moments, [0], [0]);

        // Slot 0 is what lies below all edges, slot i the bucket that ends at edge i, the last what lies above.
        ReadOnlySpan<long> buckets = slots[1..^1];
        (long below, long above) = (slots[0], slots[^1]);
        var limits = new List<double>();
        var counts = new List<double>();
        if (below > 0)
            Add(edges[0], below);

        int start = below > 0 ? 0 : buckets.IndexOfAnyExcept(0);
        int end = above > 0 ? buckets.Length : buckets.LastIndexOfAnyExcept(0) + 1;
        for (int i = start < 0 ? buckets.Length : start; i < end; i++)
            Add(edges[i + 1], buckets[i]);

        // What equals the last edge belongs to the last bucket.
        if (above > 0 && moments.Max == edges[^1] && counts.Count > 0)
            counts[^1] += above;
        else if (above > 0)
            Add(moments.Max, above);
        return new Histogram(moments, [.. limits], [.. counts]);

        void Add(double limit, long count)
        {
            limits.Add(limit);
            counts.Add(count);
        }
    }
}
