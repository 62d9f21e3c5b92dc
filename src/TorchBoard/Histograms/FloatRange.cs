namespace TorchBoard.Histograms;

/// <summary>
/// Limits the edges of a histogram to the range of <see cref="float"/>. One of TensorBoard's readers converts edges to
/// float, and the dashboards show an empty card if one of them becomes infinite.
/// </summary>
internal static class FloatRange
{
    /// <summary>Returns a histogram whose values beyond the range are counted at its ends; usually the same one.</summary>
    public static Histogram Clip(Histogram histogram)
    {
        ReadOnlySpan<double> limits = histogram.Limits;
        if (histogram.Min >= float.MinValue && histogram.Max <= float.MaxValue
            && limits[0] >= float.MinValue && limits[^1] <= float.MaxValue)
        {
            return histogram;
        }

        var clipped = new List<double>(limits.Length);
        var counts = new List<double>(limits.Length);
        double beyond = 0;
        for (int i = 0; i < limits.Length; i++)
        {
            double limit = Clip(limits[i]);
            double count = histogram.Counts[i] + beyond;

            // Buckets whose edges would coincide are merged.
            if (i < limits.Length - 1 && (limit <= float.MinValue || limit >= float.MaxValue))
            {
                beyond = count;
                continue;
            }

            clipped.Add(limit);
            counts.Add(count);
            beyond = 0;
        }

        return Histogram.AsWritten(
            Clip(histogram.Min), Clip(histogram.Max), histogram.Count, histogram.Sum, histogram.SumOfSquares,
            [.. clipped], [.. counts], histogram.NonFiniteCount);
    }

    private static double Clip(double edge) => Math.Clamp(edge, float.MinValue, float.MaxValue);
}
