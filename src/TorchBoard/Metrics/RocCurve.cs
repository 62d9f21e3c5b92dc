namespace TorchBoard.Metrics;

/// <summary>
/// The receiver operating characteristic of a binary classifier: the true positive rate as a function of the false
/// positive rate. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// The curve starts at (0, 0) at an infinite threshold, and has a point for each distinct score, from the highest. No
/// point is omitted, and items with equal scores share one point. torchmetrics' first threshold is 1, which is not above
/// all logits, and scikit-learn omits points on straight lines unless <c>drop_intermediate=False</c>.
/// </remarks>
public sealed class RocCurve
{
    private readonly double[] _falsePositiveRates;
    private readonly double[] _truePositiveRates;
    private readonly float[] _thresholds;

    internal RocCurve(RankedCounts counts)
    {
        (Positives, Negatives) = (counts.Positives.Count, counts.Negatives.Count);
        (PositiveWeight, NegativeWeight) = (counts.Positives.Weight, counts.Negatives.Weight);
        _thresholds = [float.PositiveInfinity, .. counts.Thresholds];
        _truePositiveRates =
            [0, .. counts.TruePositives.Select(count => ClassAverage.Ratio(count.Weight, PositiveWeight))];
        _falsePositiveRates =
            [0, .. counts.FalsePositives.Select(count => ClassAverage.Ratio(count.Weight, NegativeWeight))];
    }

    /// <summary>The share of negatives, by weight, predicted positive at each threshold: 0 to 1, ascending.</summary>
    public ReadOnlySpan<double> FalsePositiveRates => _falsePositiveRates;

    /// <summary>The share of positives, by weight, found at each threshold: 0 to 1, ascending.</summary>
    public ReadOnlySpan<double> TruePositiveRates => _truePositiveRates;

    /// <summary>The thresholds, descending. Items with a score at or above a threshold are positive.</summary>
    public ReadOnlySpan<float> Thresholds => _thresholds;

    /// <summary>The number of positive items, regardless of weights.</summary>
    public long Positives { get; }

    /// <summary>The number of negative items, regardless of weights.</summary>
    public long Negatives { get; }

    /// <summary>
    /// Whether there are positives and negatives with a weight above 0; otherwise one rate is always 0, and so is the
    /// area.
    /// </summary>
    public bool IsDefined => PositiveWeight > 0 && NegativeWeight > 0;

    internal double PositiveWeight { get; }

    internal double NegativeWeight { get; }

    /// <summary>
    /// The area under the curve (AUROC) by the trapezoidal rule, 0 to 1: how often a positive has a higher score than a
    /// negative; ties count half.
    /// </summary>
    public double Area
    {
        get
        {
            double area = 0;
            for (int i = 1; i < _thresholds.Length; i++)
            {
                area += (_falsePositiveRates[i] - _falsePositiveRates[i - 1])
                    * (_truePositiveRates[i] + _truePositiveRates[i - 1]) / 2;
            }

            return area;
        }
    }

    /// <summary>Computes the curve.</summary>
    /// <param name="scores">A score for each item, higher for likelier positives: any numbers except NaN.</param>
    /// <param name="labels">The true label of each item. Can be empty.</param>
    /// <param name="weights">The weight of each item, at least 0; 1 each by default.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, a score is NaN, or a weight is negative or not finite.
    /// </exception>
    public static RocCurve Of(
        ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights = default)
    {
        Labels.ThrowIfNotScored(labels, scores);
        Labels.ThrowIfNotWeights(weights, labels.Length);
        return new(RankedCounts.Of(labels, scores, weights));
    }
}
