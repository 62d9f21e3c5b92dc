namespace TorchBoard.Metrics;

/// <summary>
/// The positives and negatives whose scores, rounded down, are each of the evenly spaced thresholds from 0 to
/// 1.
/// </summary>
internal sealed class ScoreCounts(int thresholds)
{
    private readonly Tally[] _positives = new Tally[thresholds];
    private readonly Tally[] _negatives = new Tally[thresholds];

    public static int ThrowIfTooFew(int thresholds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(thresholds, 2, nameof(BinaryScores.Thresholds));
        return thresholds;
    }

    public void Add(float score, bool isPositive, double weight)
    {
        ref Tally tally = ref (isPositive ? _positives : _negatives)[(int)(score * (thresholds - 1))];
        tally = tally.With(weight);
    }

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
        var truePositives = new List<Tally>();
        var falsePositives = new List<Tally>();
        (Tally right, Tally wrong) = (default, default);
        for (int t = thresholds - 1; t >= 0; t--)
        {
            if (_positives[t].Count + _negatives[t].Count == 0)
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
