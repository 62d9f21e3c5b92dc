namespace TorchBoard.Metrics;

/// <summary>
/// The precision and recall of a binary classifier at each threshold that changes a prediction. Immutable and
/// thread-safe.
/// </summary>
/// <remarks>
/// The curve starts at recall 0 and precision 1 at an infinite threshold, and has a point for each distinct score, from
/// the highest. That of torchmetrics and scikit-learn has the same points in reverse order, and no threshold for the point
/// at recall 0. <see cref="SummaryWriter.AddPrCurve{T}(string, ReadOnlySpan{bool}, ReadOnlySpan{T}, long, int,
/// ReadOnlySpan{float}, DateTimeOffset?)"/> logs a curve at evenly spaced thresholds to TensorBoard's own dashboard.
/// </remarks>
public sealed class PrecisionRecallCurve
{
    private readonly double[] _precisions;
    private readonly double[] _recalls;
    private readonly float[] _thresholds;

    internal PrecisionRecallCurve(RankedCounts counts)
    {
        (Positives, PositiveWeight) = counts.Positives;
        _thresholds = [float.PositiveInfinity, .. counts.Thresholds];
        _recalls = [0, .. counts.TruePositives.Select(count => ClassAverage.Ratio(count.Weight, PositiveWeight))];
        _precisions =
        [
            1,
            .. counts.TruePositives.Zip(
                counts.FalsePositives, (right, wrong) => ClassAverage.Ratio(right.Weight, right.Weight + wrong.Weight)),
        ];
    }

    /// <summary>
    /// The share of positive predictions, by weight, that are correct at each threshold: 0 to 1; 0 if their weights are 0.
    /// </summary>
    public ReadOnlySpan<double> Precisions => _precisions;

    /// <summary>The share of positives, by weight, found at each threshold: 0 to 1, ascending.</summary>
    public ReadOnlySpan<double> Recalls => _recalls;

    /// <summary>The thresholds, descending. Items with a score at or above a threshold are positive.</summary>
    public ReadOnlySpan<float> Thresholds => _thresholds;

    /// <summary>The number of positive items, regardless of weights.</summary>
    public long Positives { get; }

    /// <summary>
    /// Whether there are positives with a weight above 0; otherwise the recalls and the average precision are 0.
    /// </summary>
    public bool IsDefined => PositiveWeight > 0;

    internal double PositiveWeight { get; }

    /// <summary>
    /// The average precision, 0 to 1: the sum over points of the increase in recall times the precision, without
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

    /// <summary>Computes the curve.</summary>
    /// <param name="scores">A score for each item, higher for likelier positives: any numbers except NaN.</param>
    /// <param name="labels">The true label of each item. Can be empty.</param>
    /// <param name="weights">The weight of each item, at least 0; 1 each by default.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, a score is NaN, or a weight is negative or not finite.
    /// </exception>
    public static PrecisionRecallCurve Of(
        ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights = default)
    {
        Labels.ThrowIfNotScored(labels, scores);
        Labels.ThrowIfNotWeights(weights, labels.Length);
        return new(RankedCounts.Of(labels, scores, weights));
    }
}
