namespace TorchBoard.Metrics;

/// <summary>
/// The true and false positives at each distinct score, from the highest. Items with equal scores become positive
/// together.
/// </summary>
internal sealed record RankedCounts(float[] Thresholds, Tally[] TruePositives, Tally[] FalsePositives)
{
    public Tally Positives => TruePositives is [.., var last] ? last : default;

    public Tally Negatives => FalsePositives is [.., var last] ? last : default;

    /// <summary>Counts the items.</summary>
    /// <param name="labels">The true label of each item.</param>
    /// <param name="scores">The score of each item.</param>
    /// <param name="weights">The weight of each item; empty for 1 each.</param>
    public static RankedCounts Of(
        ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores, ReadOnlySpan<double> weights)
    {
        float[] sorted = scores.ToArray();
        var items = new (bool IsPositive, double Weight)[labels.Length];
        for (int i = 0; i < items.Length; i++)
            items[i] = (labels[i], weights.IsEmpty ? 1 : weights[i]);
        Array.Sort(sorted, items);

        var thresholds = new List<float>();
        var truePositives = new List<Tally>();
        var falsePositives = new List<Tally>();
        (Tally right, Tally wrong) = (default, default);
        for (int i = sorted.Length - 1; i >= 0; i--)
        {
            if (items[i].IsPositive)
                right = right.With(items[i].Weight);
            else
                wrong = wrong.With(items[i].Weight);
            if (i > 0 && sorted[i - 1] == sorted[i])
                continue;
            thresholds.Add(sorted[i]);
            truePositives.Add(right);
            falsePositives.Add(wrong);
        }

        return new([.. thresholds], [.. truePositives], [.. falsePositives]);
    }
}
