namespace TorchBoard.Tool.Ranking;

/// <summary>What a curve came to.</summary>
/// <param name="Last">The last value.</param>
/// <param name="Min">The least value; NaN only if all are.</param>
/// <param name="Max">The greatest value; NaN only if all are.</param>
/// <param name="AtStep">The value at a step; null if the curve begins later or ends earlier, or none was asked for.</param>
internal readonly record struct MetricValues(double Last, double Min, double Max, double? AtStep)
{
    public static MetricValues Of(ScalarSeries curve, long? step)
    {
        (double min, double max) = (double.NaN, double.NaN);
        foreach (double value in curve.Values)
        {
            if (!(value >= min))
                min = double.IsNaN(value) ? min : value;
            if (!(value <= max))
                max = double.IsNaN(value) ? max : value;
        }

        return new MetricValues(curve.Values[^1], min, max, step is long at ? ValueAt(curve, at) : null);
    }

    // The value that was current at the step, because runs need not log at the same steps. A run that ended before has none.
    private static double? ValueAt(ScalarSeries curve, long step)
    {
        int nearest = -1;
        bool reaches = false;
        for (int i = 0; i < curve.Count; i++)
        {
            reaches |= curve.Steps[i] >= step;
            if (curve.Steps[i] <= step && (nearest < 0 || curve.Steps[i] >= curve.Steps[nearest]))
                nearest = i;
        }

        return reaches && nearest >= 0 ? curve.Values[nearest] : null;
    }
}
