namespace TorchBoard.Histograms;

/// <summary>Computes the number of equal buckets by a rule, as <c>numpy.histogram_bin_edges</c> does.</summary>
internal static class BinCount
{
    /// <param name="rule">The rule.</param>
    /// <param name="values">The values; those that are not finite are ignored. Sorted if the rule requires it.</param>
    /// <param name="moments">Their moments.</param>
    public static int Of(BinRule rule, Span<double> values, in Moments moments)
    {
        double range = moments.Max - moments.Min;
        double width = moments.Count == 0 ? 0 : Width(rule, values, moments, range);
        return width > 0 ? (int)Math.Clamp(Math.Ceiling(range / width), 1, HistogramBins.MaxCount) : 1;
    }

    private static double Width(BinRule rule, Span<double> values, in Moments moments, double range) => rule switch
    {
        BinRule.SquareRoot => range / Math.Sqrt(moments.Count),
        BinRule.Rice => range / (2 * Math.Cbrt(moments.Count)),
        BinRule.Sturges => range / (Math.Log2(moments.Count) + 1),
        BinRule.Scott => Math.Cbrt(24 * Math.Sqrt(Math.PI) / moments.Count) * StandardDeviation(values, moments),
        BinRule.FreedmanDiaconis => FreedmanDiaconis(values, moments),
        _ => Auto(FreedmanDiaconis(values, moments), Width(BinRule.Sturges, values, moments, range)),
    };

    // If half of the values are equal, the Freedman-Diaconis width is 0.
    private static double Auto(double freedmanDiaconis, double sturges) =>
        freedmanDiaconis > 0 ? Math.Min(freedmanDiaconis, sturges) : sturges;

    private static double FreedmanDiaconis(Span<double> values, in Moments moments)
    {
        Span<double> finite = Finite(values);
        finite.Sort();
        return 2 * (Percentile(finite, 0.75) - Percentile(finite, 0.25)) / Math.Cbrt(moments.Count);
    }

    private static double StandardDeviation(Span<double> values, in Moments moments)
    {
        double mean = moments.Sum / moments.Count;
        double squares = 0;
        foreach (double value in Finite(values))
            squares += (value - mean) * (value - mean);
        return Math.Sqrt(squares / moments.Count);
    }

    /// <summary>Interpolates linearly between the two nearest values, as numpy.percentile does.</summary>
    internal static double Percentile(ReadOnlySpan<double> sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }

    private static Span<double> Finite(Span<double> values)
    {
        int kept = 0;
        foreach (double value in values)
        {
            if (double.IsFinite(value))
                values[kept++] = value;
        }

        return values[..kept];
    }
}
