namespace TorchBoard.Metrics;

/// <summary>
/// The precision and recall of a binary classifier at each threshold that changes a prediction. Immutable and
/// thread-safe.
/// </summary>
/// <remarks>
/// The curve starts at recall 0 and precision 1 at an infinite threshold, and has a point for each distinct score, from
/// the highest. <see cref="SummaryWriter.AddPrCurve{T}(string, ReadOnlySpan{bool}, ReadOnlySpan{T}, long, int,
/// ReadOnlySpan{float}, DateTimeOffset?)"/> logs a curve at evenly spaced thresholds to TensorBoard's own dashboard.
/// </remarks>
public sealed class PrecisionRecallCurve
{
    private readonly double[] _precisions;
    private readonly double[] _recalls;
    private readonly float[] _thresholds;

    internal PrecisionRecallCurve(RankedCounts counts)
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

    /// <summary>The share of correct positive predictions at each threshold: 0 to 1.</summary>
    public ReadOnlySpan<double> Precisions => _precisions;

    /// <summary>The share of positives found at each threshold: 0 to 1, ascending.</summary>
    public ReadOnlySpan<double> Recalls => _recalls;

    /// <summary>The thresholds, descending. Items with a score at or above a threshold are positive.</summary>
    public ReadOnlySpan<float> Thresholds => _thresholds;

    /// <summary>
    /// The number of positive items. Without any, the recalls and the average precision are 0.
    /// </summary>
    public long Positives { get; }

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
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    public static PrecisionRecallCurve Of(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels)
    {
        Labels.ThrowIfNotScored(labels, scores);
        return new(RankedCounts.Of(labels, scores));
    }
}
