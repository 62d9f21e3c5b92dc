namespace TorchBoard.Metrics;

/// <summary>
/// Spearman's rank correlation: Pearson's correlation of the ranks, which tells how well predictions order the targets.
/// </summary>
public static class SpearmanCorrelation
{
    /// <summary>Computes the correlation. Equal numbers have the mean of their ranks.</summary>
    /// <param name="predictions">The predicted numbers.</param>
    /// <param name="targets">The true numbers. Can be empty.</param>
    /// <returns>-1 to 1; 0 if predictions or targets do not vary.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a number is not finite.</exception>
    public static double Of(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets)
    {
        Labels.ThrowIfNotTargets(predictions, targets);
        double[] first = Ranks(predictions);
        double[] second = Ranks(targets);
        var moments = default(Moments);
        for (int i = 0; i < first.Length; i++)
            moments.Add(first[i], second[i], 1);
        return moments.Correlation;
    }

    private static double[] Ranks(ReadOnlySpan<float> values)
    {
        float[] sorted = values.ToArray();
        int[] places = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, places);
        double[] ranks = new double[sorted.Length];
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
                end++;
            foreach (int place in places.AsSpan(start..end))
                ranks[place] = (start + end - 1) / 2.0;
        }

        return ranks;
    }
}
