using System.Runtime.InteropServices;

namespace TorchBoard.Metrics;

/// <summary>
/// Collects the scores of a multiclass classifier, batch by batch, for metrics that need all scores: top-k accuracy,
/// and ROC and precision-recall curves of each class against all others. Not thread-safe; scores of several threads can
/// be added.
/// </summary>
/// <remarks>
/// Uses 4 bytes per item and class, and 8 per item once a batch has weights. If only predicted classes matter,
/// <see cref="ConfusionMatrix"/> counts them without storing scores; for curves in constant memory, see
/// <see cref="MultilabelScores"/>, with a label for each class. For a binary classifier, see <see cref="BinaryScores"/>.
/// </remarks>
public sealed class ClassifierScores
{
    private readonly List<int> _labels = [];
    private readonly List<float> _scores = [];
    private readonly ItemWeights _weights = new();

    /// <summary>Initializes an empty collection.</summary>
    /// <param name="classes">The number of classes; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of classes is less than 1.</exception>
    public ClassifierScores(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Classes = classes;
    }

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>The number of items added.</summary>
    public int Count => _labels.Count;

    private ReadOnlySpan<int> AllLabels => CollectionsMarshal.AsSpan(_labels);

    private ReadOnlySpan<float> AllScores => CollectionsMarshal.AsSpan(_scores);

    /// <summary>Adds a batch.</summary>
    /// <param name="scores">
    /// A score for each item and class, shape [items, classes]: probabilities, logits or any numbers except NaN. For
    /// curves, the scores of one class must be comparable between items, as probabilities are.
    /// </param>
    /// <param name="labels">The true class of each item, from 0. Can be empty.</param>
    /// <param name="weights">The weight of each item, at least 0; 1 each by default.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not match, a label is not a class, a score is NaN, or a weight is negative or not finite. The batch
    /// is then not added.
    /// </exception>
    public void Add(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels, ReadOnlySpan<double> weights = default)
    {
        Labels.ThrowIfNotScored(labels, scores, Classes);
        Labels.ThrowIfNotWeights(weights, labels.Length);
        _labels.AddRange(labels);
        _scores.AddRange(scores);
        _weights.Add(labels.Length, weights);
    }

    /// <summary>Adds the items of other scores with the same number of classes.</summary>
    /// <param name="other">The other scores.</param>
    /// <exception cref="ArgumentException">The scores are null or have another number of classes.</exception>
    public void Add(ClassifierScores other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Classes != Classes)
        {
            throw new ArgumentException(
                $"The other scores must have {Classes} classes; had {other.Classes}.", nameof(other));
        }

        _labels.AddRange(other._labels);
        _scores.AddRange(other._scores);
        _weights.Add(other._weights);
    }

    /// <summary>
    /// Returns the usual metrics by name, for <see cref="SummaryWriter.AddMetrics{T}(IEnumerable{KeyValuePair{string, T}},
    /// long, DateTimeOffset?)"/>: <c>accuracy</c>, and as macro averages <c>precision</c>, <c>recall</c>, <c>f1</c>, <c>auroc</c> and
    /// <c>average_precision</c>.
    /// </summary>
    /// <param name="prefix">The beginning of each name, such as <c>test/</c>; empty by default.</param>
    /// <returns>The metrics that are defined; none if there are no items, or all weights are 0.</returns>
    public IReadOnlyDictionary<string, double> Metrics(string prefix = "")
    {
        ConfusionMatrix matrix = ConfusionMatrix();
        Dictionary<string, double> metrics = matrix.ClassMetrics(prefix);
        if (Enumerable.Range(0, Classes).Count(label => matrix.TrueWeight(label) > 0) > 1)
            metrics[prefix + "auroc"] = AreaUnderRoc();
        if (matrix.Weight > 0)
            metrics[prefix + "average_precision"] = AveragePrecision();
        return metrics;
    }

    /// <summary>Removes all items, for the next epoch.</summary>
    public void Reset()
    {
        _labels.Clear();
        _scores.Clear();
        _weights.Reset();
    }

    /// <summary>
    /// Returns the confusion matrix. The class with the highest score is predicted; of equal scores, the first.
    /// </summary>
    /// <param name="topK">
    /// The number of best guesses; see <see cref="ConfusionMatrix.AddScores"/>. 1 by default.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">k is out of range.</exception>
    public ConfusionMatrix ConfusionMatrix(int topK = 1)
    {
        var matrix = new ConfusionMatrix(Classes);
        matrix.AddScores(AllScores, AllLabels, topK, _weights.All);
        return matrix;
    }

    /// <summary>Returns the share of items, by weight, whose true class is among the k highest scores.</summary>
    /// <param name="k">
    /// 1 to <see cref="Classes"/>. Of classes with equal scores, lower class numbers come first; in scikit-learn, higher
    /// ones, and in torchmetrics, as <c>topk</c> orders them.
    /// </param>
    /// <returns>0 to 1; 0 if there are no items or all weights are 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">k is out of range.</exception>
    public double TopKAccuracy(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, Classes);
        (double right, double all) = (0, 0);
        for (int i = 0; i < Count; i++)
        {
            all += _weights[i];
            if (Labels.RankOf(_labels[i], AllScores.Slice(i * Classes, Classes)) < k)
                right += _weights[i];
        }

        return ClassAverage.Ratio(right, all);
    }

    /// <summary>Returns the ROC curve of a class against all others.</summary>
    /// <param name="label">The class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public RocCurve Roc(int label)
    {
        (bool[] isLabel, float[] scores) = OneAgainstRest(label);
        return RocCurve.Of(scores, isLabel, _weights.All);
    }

    /// <summary>Returns the precision-recall curve of a class against all others.</summary>
    /// <param name="label">The class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public PrecisionRecallCurve PrecisionRecall(int label)
    {
        (bool[] isLabel, float[] scores) = OneAgainstRest(label);
        return PrecisionRecallCurve.Of(scores, isLabel, _weights.All);
    }

    /// <summary>Returns the area under the ROC curves (AUROC), each class against all others.</summary>
    /// <param name="averaging">
    /// The averaging over classes; macro by default. Classes that contain no item or all items have no curve and are
    /// omitted; in torchmetrics, their area counts as 0. Micro computes one curve from all scores.
    /// </param>
    /// <returns>0 to 1; 0 if no class has a curve.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The averaging is not defined.</exception>
    public double AreaUnderRoc(Averaging averaging = Averaging.Macro)
    {
        ClassAverage.ThrowIfUndefined(averaging);
        if (averaging == Averaging.Micro)
            return RocCurve.Of(AllScores, AllDecisions(), DecisionWeights()).Area;
        return Average(averaging, label =>
        {
            RocCurve curve = Roc(label);
            return (curve.Area, curve.PositiveWeight, curve.IsDefined);
        });
    }

    /// <summary>Returns the average precision, each class against all others.</summary>
    /// <param name="averaging">
    /// The averaging over classes; macro by default. Classes without items have no curve and are omitted, as in
    /// torchmetrics. Micro computes one curve from all scores.
    /// </param>
    /// <returns>0 to 1; 0 if no class has a curve.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The averaging is not defined.</exception>
    public double AveragePrecision(Averaging averaging = Averaging.Macro)
    {
        ClassAverage.ThrowIfUndefined(averaging);
        if (averaging == Averaging.Micro)
            return PrecisionRecallCurve.Of(AllScores, AllDecisions(), DecisionWeights()).AveragePrecision;
        return Average(averaging, label =>
        {
            PrecisionRecallCurve curve = PrecisionRecall(label);
            return (curve.AveragePrecision, curve.PositiveWeight, curve.IsDefined);
        });
    }

    private double Average(Averaging averaging, Func<int, (double Value, double Positives, bool IsDefined)> curve)
    {
        var curves = new (double Value, double Positives, bool IsDefined)[Classes];
        for (int label = 0; label < Classes; label++)
            curves[label] = curve(label);
        return ClassAverage.Of(
            Classes,
            label => curves[label].Value,
            label => curves[label].IsDefined ? ClassAverage.Weight(averaging, curves[label].Positives) : 0);
    }

    private (bool[] IsLabel, float[] Scores) OneAgainstRest(int label)
    {
        if ((uint)label >= (uint)Classes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(label), label, $"The class must be between 0 and {Classes - 1}.");
        }

        bool[] isLabel = new bool[Count];
        float[] scores = new float[Count];
        for (int i = 0; i < Count; i++)
            (isLabel[i], scores[i]) = (_labels[i] == label, _scores[(i * Classes) + label]);
        return (isLabel, scores);
    }

    private double[] DecisionWeights() => _weights.All.IsEmpty
        ? []
        : [.. Enumerable.Range(0, _scores.Count).Select(decision => _weights[decision / Classes])];

    private bool[] AllDecisions()
    {
        bool[] decisions = new bool[_scores.Count];
        for (int i = 0; i < Count; i++)
            decisions[(i * Classes) + _labels[i]] = true;
        return decisions;
    }
}
