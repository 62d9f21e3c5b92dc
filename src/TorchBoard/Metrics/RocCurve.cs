namespace TorchBoard.Metrics;

/// <summary>
/// The receiver operating characteristic of a yes-or-no classifier: how the share of positives that are found grows
/// with the share of negatives that are taken for positive. It never changes, so threads may share it.
/// </summary>
/// <remarks>
/// A point for each distinct score, from the highest, after the point (0, 0) at an infinite threshold: nothing is
/// left out, and items of the same score are taken together.
/// </remarks>
public sealed class RocCurve
{
    private readonly double[] _falsePositiveRates;
    private readonly double[] _truePositiveRates;
    private readonly float[] _thresholds;

    private RocCurve(RankedCounts counts)
    {
        (Positives, Negatives) = (counts.Positives, counts.Negatives);
        _thresholds = [float.PositiveInfinity, .. counts.Thresholds];
        _truePositiveRates = [0, .. counts.TruePositives.Select(count => ClassAverage.Ratio(count, Positives))];
        _falsePositiveRates = [0, .. counts.FalsePositives.Select(count => ClassAverage.Ratio(count, Negatives))];
    }

    /// <summary>The share of negatives that are taken for positive at each threshold: 0 to 1, rising.</summary>
    public ReadOnlySpan<double> FalsePositiveRates => _falsePositiveRates;

    /// <summary>The share of positives that are found at each threshold: 0 to 1, rising.</summary>
    public ReadOnlySpan<double> TruePositiveRates => _truePositiveRates;

    /// <summary>The thresholds, falling: an item is taken for positive where its score is not less.</summary>
    public ReadOnlySpan<float> Thresholds => _thresholds;

    /// <summary>How many items are truly positive.</summary>
    public long Positives { get; }

    /// <summary>How many items are truly negative.</summary>
    public long Negatives { get; }

    /// <summary>
    /// Whether there are positives and negatives; otherwise a rate is 0 throughout, and so is the area.
    /// </summary>
    public bool IsDefined => Positives > 0 && Negatives > 0;

    /// <summary>
    /// The area under the curve (AUROC), by the trapezoidal rule, 0 to 1: how often a positive has a higher score
    /// than a negative, ties counting half.
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

    /// <summary>Makes the curve.</summary>
    /// <param name="scores">A score for each, the higher the likelier positive: any numbers but NaN.</param>
    /// <param name="labels">What is true of each item. May be empty.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    public static RocCurve Of(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels)
    {
        Labels.ThrowIfNotScored(labels, scores);
        return new(RankedCounts.Of(labels, scores));
    }
}
