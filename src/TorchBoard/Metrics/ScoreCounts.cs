namespace TorchBoard.Metrics;

/// <summary>
/// The numbers of positives and negatives whose scores, rounded down, are each of the evenly spaced thresholds from 0 to
/// 1.
/// </summary>
internal sealed class ScoreCounts(int thresholds)
{
    private readonly long[] _positives = new long[thresholds];
    private readonly long[] _negatives = new long[thresholds];

    public static int ThrowIfTooFew(int thresholds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(thresholds, 2, nameof(BinaryScores.Thresholds));
        return thresholds;
    }

    public void Add(float score, bool isPositive) =>
        (isPositive ? _positives : _negatives)[(int)(score * (thresholds - 1))]++;

    public void Add(ScoreCounts other)
    {
        for (int t = 0; t < thresholds; t++)
        {
            _positives[t] += other._positives[t];
            _negatives[t] += other._negatives[t];
        }
    }

    public void Reset()
    {
        Array.Clear(_positives);
        Array.Clear(_negatives);
    }

    public RankedCounts Ranked()
    {
        var reached = new List<float>();
        var truePositives = new List<long>();
        var falsePositives = new List<long>();
        (long right, long wrong) = (0, 0);
        for (int t = thresholds - 1; t >= 0; t--)
        {
            if (_positives[t] + _negatives[t] == 0)
                continue;
            right += _positives[t];
            wrong += _negatives[t];
            reached.Add((float)t / (thresholds - 1));
            truePositives.Add(right);
            falsePositives.Add(wrong);
        }

        return new([.. reached], [.. truePositives], [.. falsePositives]);
    }
}
