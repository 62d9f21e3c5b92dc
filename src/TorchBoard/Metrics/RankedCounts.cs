namespace TorchBoard.Metrics;

/// <summary>
/// The true and false positives at each distinct score, from the highest. Items with equal scores become positive
/// together.
/// </summary>
internal sealed record RankedCounts(float[] Thresholds, long[] TruePositives, long[] FalsePositives)
{
    public long Positives => TruePositives is [.., var last] ? last : 0;

    public long Negatives => FalsePositives is [.., var last] ? last : 0;

    public static RankedCounts Of(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores)
    {
        float[] sorted = scores.ToArray();
        bool[] isPositive = labels.ToArray();
        Array.Sort(sorted, isPositive);

        var thresholds = new List<float>();
        var truePositives = new List<long>();
        var falsePositives = new List<long>();
        (long right, long wrong) = (0, 0);
        for (int i = sorted.Length - 1; i >= 0; i--)
        {
            if (isPositive[i])
                right++;
            else
                wrong++;
            if (i > 0 && sorted[i - 1] == sorted[i])
                continue;
            thresholds.Add(sorted[i]);
            truePositives.Add(right);
            falsePositives.Add(wrong);
        }

        return new([.. thresholds], [.. truePositives], [.. falsePositives]);
    }
}
