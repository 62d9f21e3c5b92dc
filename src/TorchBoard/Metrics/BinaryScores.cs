using System.Runtime.InteropServices;

namespace TorchBoard.Metrics;

/// <summary>
/// Collects the scores of a binary classifier, batch by batch, for curves and for counts at any threshold. Not
/// thread-safe; scores of several threads can be added.
/// </summary>
public sealed class BinaryScores
{
    private const float DefaultThreshold = 0.5f;

    private readonly List<bool> _labels = [];
    private readonly List<float> _scores = [];
    private readonly ItemWeights _weights = new();
    private readonly ScoreCounts? _counts;

    /// <summary>
    /// The number of evenly spaced thresholds from 0 to 1, at least 2, to which scores are rounded down, such as 200.
    /// Memory is then constant, and scores must be probabilities. Null, the default, keeps every score: 5 bytes an item,
    /// and 8 more once a batch has weights.
    /// </summary>
    /// <remarks>As torchmetrics' <c>thresholds</c>. Areas differ from the exact ones by about 1/thresholds at most.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 2.</exception>
    public int? Thresholds
    {
        get;
        init
        {
            field = value;
            _counts = value is { } thresholds ? new ScoreCounts(ScoreCounts.ThrowIfTooFew(thresholds)) : null;
        }
    }

    /// <summary>The number of items added.</summary>
    public long Count { get; private set; }

    private ReadOnlySpan<bool> AllLabels => CollectionsMarshal.AsSpan(_labels);

    private ReadOnlySpan<float> AllScores => CollectionsMarshal.AsSpan(_scores);

    /// <summary>Adds a batch.</summary>
    /// <param name="scores">
    /// A score for each item, higher for likelier positives: any numbers except NaN; with <see cref="Thresholds"/>,
    /// probabilities.
    /// </param>
    /// <param name="labels">The true label of each item. Can be empty.</param>
    /// <param name="weights">The weight of each item, at least 0; 1 each by default.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, a score is NaN or no probability, or a weight is negative or not finite. The batch is then not
    /// added.
    /// </exception>
    public void Add(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights = default)
    {
        Labels.ThrowIfNotScored(labels, scores);
        Labels.ThrowIfNotWeights(weights, labels.Length);
        if (_counts is null)
        {
            _labels.AddRange(labels);
            _scores.AddRange(scores);
            _weights.Add(labels.Length, weights);
        }
        else
        {
            Labels.ThrowIfNotProbabilities(scores, Labels.ForThresholds);
            for (int i = 0; i < scores.Length; i++)
                _counts.Add(scores[i], labels[i], weights.IsEmpty ? 1 : weights[i]);
        }

        Count += labels.Length;
    }

    /// <summary>Adds the items of other scores, such as those of another thread or rank.</summary>
    /// <param name="other">The other scores, with the same <see cref="Thresholds"/>.</param>
    /// <exception cref="ArgumentException">The scores are null or have other thresholds.</exception>
    public void Add(BinaryScores other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Labels.ThrowIfOtherThresholds(Thresholds, other.Thresholds);
        _labels.AddRange(other._labels);
        _scores.AddRange(other._scores);
        _weights.Add(other._weights);
        _counts?.Add(other._counts!);
        Count += other.Count;
    }

    /// <summary>
    /// Returns the usual metrics by name, for <see cref="SummaryWriter.AddMetrics{T}(IEnumerable{KeyValuePair{string, T}},
    /// long, DateTimeOffset?)"/>: <c>accuracy</c>, <c>precision</c>, <c>recall</c> and <c>f1</c> of the positives at a
    /// threshold, then <c>auroc</c> and <c>average_precision</c>.
    /// </summary>
    /// <param name="prefix">The beginning of each name, such as <c>test/</c>; empty by default.</param>
    /// <param name="threshold">The threshold; see <see cref="ConfusionMatrix"/>. 0.5 by default; 0 for logits.</param>
    /// <returns>The metrics that are defined; none if there are no items, or all weights are 0.</returns>
    public IReadOnlyDictionary<string, double> Metrics(string prefix = "", float threshold = DefaultThreshold)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ConfusionMatrix matrix = ConfusionMatrix(threshold);
        if (matrix.Weight == 0)
            return new Dictionary<string, double>();
        var metrics = new Dictionary<string, double>
        {
            [prefix + "accuracy"] = matrix.Accuracy(),
            [prefix + "precision"] = matrix.PrecisionOf(1),
            [prefix + "recall"] = matrix.RecallOf(1),
            [prefix + "f1"] = matrix.F1Of(1),
        };
        if (Roc() is { IsDefined: true } roc)
            metrics[prefix + "auroc"] = roc.Area;
        if (PrecisionRecall() is { IsDefined: true } curve)
            metrics[prefix + "average_precision"] = curve.AveragePrecision;
        return metrics;
    }

    /// <summary>Removes all items, for the next epoch.</summary>
    public void Reset()
    {
        _labels.Clear();
        _scores.Clear();
        _weights.Reset();
        _counts?.Reset();
        Count = 0;
    }

    /// <summary>Returns the confusion matrix at a threshold: class 0 is negative, class 1 positive.</summary>
    /// <remarks>
    /// torchmetrics predicts items above the threshold as positive, not those at it, but counts both in its curves; here,
    /// a matrix and the curves agree. It also applies the sigmoid to a batch with scores outside 0 to 1, which would
    /// make the scale of an item depend on the others; here, scores are taken as they are: for logits, the threshold is 0.
    /// </remarks>
    /// <param name="threshold">Items with a score at or above it are predicted positive; 0.5 by default.</param>
    public ConfusionMatrix ConfusionMatrix(float threshold = DefaultThreshold)
    {
        RankedCounts ranked = Ranked();
        int reached = ranked.Thresholds.Count(score => score >= threshold) - 1;
        (Tally right, Tally wrong) =
            reached < 0 ? default : (ranked.TruePositives[reached], ranked.FalsePositives[reached]);
        return new ConfusionMatrix(ranked.Negatives - wrong, wrong, ranked.Positives - right, right);
    }

    /// <summary>Returns the ROC curve with its area (AUROC).</summary>
    public RocCurve Roc() => new(Ranked());

    /// <summary>Returns the precision-recall curve with its average precision.</summary>
    public PrecisionRecallCurve PrecisionRecall() => new(Ranked());

    private RankedCounts Ranked() => _counts?.Ranked() ?? RankedCounts.Of(AllLabels, AllScores, _weights.All);
}
