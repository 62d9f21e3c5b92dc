namespace TorchBoard.Metrics;

/// <summary>
/// Precision and recall of a yes-or-no classifier at each threshold that makes a difference. It never changes, so
/// threads may share it.
/// </summary>
/// <remarks>
/// A point for each distinct score, from the highest, after the point of recall 0 and precision 1 at an infinite
/// threshold. <see cref="SummaryWriter.AddPrCurve(string, ReadOnlySpan{bool}, ReadOnlySpan{float}, long, int,
/// ReadOnlySpan{float}, DateTimeOffset?)"/> logs a curve at evenly spaced thresholds to TensorBoard's own dashboard.
/// </remarks>
public sealed class PrecisionRecallCurve
{
    private readonly double[] _precisions;
    private readonly double[] _recalls;
    private readonly float[] _thresholds;

    private PrecisionRecallCurve(RankedCounts counts)
    {
        Positives = counts.Positives;
        _thresholds = [float.PositiveInfinity, .. counts.Thresholds];
        _recalls = [0, .. counts.TruePositives.Select(count => ClassAverage.Ratio(count, Positives))];
        _precisions =
        [
            1,
            .. counts.TruePositives.Zip(
                counts.FalsePositives, (right, wrong) => ClassAverage.Ratio(right, right + wrong)),
        ];
    }

    /// <summary>Of the items that are taken for positive at each threshold, the share that is: 0 to 1.</summary>
    public ReadOnlySpan<double> Precisions => _precisions;

    /// <summary>The share of positives that are found at each threshold: 0 to 1, rising.</summary>
    public ReadOnlySpan<double> Recalls => _recalls;

    /// <summary>The thresholds, falling: an item is taken for positive where its score is not less.</summary>
    public ReadOnlySpan<float> Thresholds => _thresholds;

    /// <summary>
    /// How many items are truly positive. Without any, recall is 0 throughout, and so is the average.
    /// </summary>
    public long Positives { get; }

    /// <summary>
    /// The average precision, 0 to 1: the sum of each step in recall times the precision there, without
    /// interpolation.
    /// </summary>
    public double AveragePrecision
    {
        get
        {
            double sum = 0;
            for (int i = 1; i < _thresholds.Length; i++)
                sum += (_recalls[i] - _recalls[i - 1]) * _precisions[i];
            return sum;
        }
    }

    /// <summary>Makes the curve.</summary>
    /// <param name="scores">A score for each, the higher the likelier positive: any numbers but NaN.</param>
    /// <param name="labels">What is true of each item. May be empty.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    public static PrecisionRecallCurve Of(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels)
    {
        Labels.ThrowIfNotScored(labels, scores);
        return new(RankedCounts.Of(labels, scores));
    }
}
