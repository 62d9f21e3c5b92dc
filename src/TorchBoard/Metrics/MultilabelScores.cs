namespace TorchBoard.Metrics;

/// <summary>
/// Collects the scores of a classifier whose items can have several labels or none, batch by batch: the metrics of each
/// label, and their averages. Not thread-safe; scores of several threads can be added.
/// </summary>
/// <remarks>
/// As torchmetrics, a macro average has all labels, and 0/0 is 0; areas under curves omit labels that have no curve. A
/// multiclass problem is one of a label per class. Scores at a threshold count as predicted, and no sigmoid is applied;
/// see <see cref="BinaryScores.ConfusionMatrix"/>.
/// </remarks>
public sealed class MultilabelScores
{
    private const float DefaultThreshold = 0.5f;

    private readonly BinaryScores[] _labels;

    /// <summary>Initializes an empty collection.</summary>
    /// <param name="labels">The number of labels; at least 1.</param>
    /// <param name="thresholds">
    /// See <see cref="BinaryScores.Thresholds"/>: null, the default, keeps every score; a number bounds the memory.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public MultilabelScores(int labels, int? thresholds = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(labels, 1);
        _labels = new BinaryScores[labels];
        for (int label = 0; label < labels; label++)
            _labels[label] = new BinaryScores { Thresholds = thresholds };
    }

    /// <summary>The scores of each label, with its curves and its confusion matrix at any threshold.</summary>
    public IReadOnlyList<BinaryScores> Labels => _labels;

    /// <summary>The number of items added.</summary>
    public long Count => _labels[0].Count;

    /// <summary>Adds a batch.</summary>
    /// <param name="scores">
    /// A score for each item and label, shape [items, labels], higher for likelier labels: any numbers except NaN;
    /// probabilities if there are thresholds.
    /// </param>
    /// <param name="labels">Whether each item has each label, shape [items, labels]. Can be empty.</param>
    /// <param name="weights">The weight of each item, at least 0; 1 each by default.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not match, a score is NaN or no probability, or a weight is negative or not finite. The batch is
    /// then not added.
    /// </exception>
    public void Add(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights = default)
    {
        TorchBoard.Metrics.Labels.ThrowIfNotScored(labels, scores);
        if (labels.Length % _labels.Length != 0)
        {
            throw new ArgumentException(
                $"The shape of the labels must be [items, {_labels.Length} labels]; got {labels.Length} values.",
                nameof(labels));
        }

        if (_labels[0].Thresholds is not null)
            TorchBoard.Metrics.Labels.ThrowIfNotProbabilities(scores, TorchBoard.Metrics.Labels.ForThresholds);
        int items = labels.Length / _labels.Length;
        TorchBoard.Metrics.Labels.ThrowIfNotWeights(weights, items);
        float[] ofLabel = new float[items];
        bool[] isLabel = new bool[items];
        for (int label = 0; label < _labels.Length; label++)
        {
            for (int i = 0; i < items; i++)
            {
                ofLabel[i] = scores[(i * _labels.Length) + label];
                isLabel[i] = labels[(i * _labels.Length) + label];
            }

            _labels[label].Add(ofLabel, isLabel, weights);
        }
    }

    /// <summary>Adds the items of other scores with the same number of labels and the same thresholds.</summary>
    /// <param name="other">The other scores.</param>
    /// <exception cref="ArgumentException">The scores are null or have other labels or thresholds.</exception>
    public void Add(MultilabelScores other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._labels.Length != _labels.Length)
        {
            throw new ArgumentException(
                $"The other scores must have {_labels.Length} labels; had {other._labels.Length}.", nameof(other));
        }

        for (int label = 0; label < _labels.Length; label++)
            _labels[label].Add(other._labels[label]);
    }

    /// <summary>
    /// Returns the usual metrics by name, for <see cref="SummaryWriter.AddMetrics{T}(IEnumerable{KeyValuePair{string, T}},
    /// long, DateTimeOffset?)"/>: as macro averages over the labels, <c>accuracy</c>, <c>precision</c>,
    /// <c>recall</c> and <c>f1</c> at a threshold, then <c>auroc</c> and <c>average_precision</c>.
    /// </summary>
    /// <param name="prefix">The beginning of each name, such as <c>test/</c>; empty by default.</param>
    /// <param name="threshold">Labels with a score at or above it are predicted; 0.5 by default.</param>
    /// <returns>The metrics that are defined; none if there are no items, or all weights are 0.</returns>
    public IReadOnlyDictionary<string, double> Metrics(string prefix = "", float threshold = DefaultThreshold)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (_labels.All(label => label.ConfusionMatrix().Weight == 0))
            return new Dictionary<string, double>();
        var metrics = new Dictionary<string, double>
        {
            [prefix + "accuracy"] = Accuracy(threshold),
            [prefix + "precision"] = Precision(threshold),
            [prefix + "recall"] = Recall(threshold),
            [prefix + "f1"] = F1(threshold),
        };
        if (_labels.Any(label => label.Roc().IsDefined))
            metrics[prefix + "auroc"] = AreaUnderRoc();
        if (_labels.Any(label => label.PrecisionRecall().IsDefined))
            metrics[prefix + "average_precision"] = AveragePrecision();
        return metrics;
    }

    /// <summary>Removes all items, for the next epoch.</summary>
    public void Reset()
    {
        foreach (BinaryScores label in _labels)
            label.Reset();
    }

    /// <summary>Returns the share of decisions that are correct, one per item and label.</summary>
    /// <param name="threshold">Labels with a score at or above it are predicted; 0.5 by default.</param>
    /// <param name="averaging">The averaging over labels; macro by default, which equals micro.</param>
    /// <exception cref="ArgumentOutOfRangeException">The averaging is not defined.</exception>
    public double Accuracy(float threshold = DefaultThreshold, Averaging averaging = Averaging.Macro) =>
        Average(threshold, averaging, matrix => matrix.Accuracy());

    /// <summary>Returns the share of predicted labels that are correct.</summary>
    /// <param name="threshold">Labels with a score at or above it are predicted; 0.5 by default.</param>
    /// <param name="averaging">The averaging over labels; macro by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The averaging is not defined.</exception>
    public double Precision(float threshold = DefaultThreshold, Averaging averaging = Averaging.Macro) =>
        Average(threshold, averaging, matrix => matrix.PrecisionOf(1));

    /// <summary>Returns the share of true labels that are predicted.</summary>
    /// <inheritdoc cref="Precision"/>
    public double Recall(float threshold = DefaultThreshold, Averaging averaging = Averaging.Macro) =>
        Average(threshold, averaging, matrix => matrix.RecallOf(1));

    /// <summary>Returns the harmonic mean of precision and recall.</summary>
    /// <inheritdoc cref="Precision"/>
    public double F1(float threshold = DefaultThreshold, Averaging averaging = Averaging.Macro) =>
        Average(threshold, averaging, matrix => matrix.F1Of(1));

    /// <summary>Returns the area under the ROC curves (AUROC).</summary>
    /// <param name="averaging">
    /// The averaging over labels; macro by default. Labels that no item or all items have are omitted from macro and
    /// weighted averages; in torchmetrics, their area counts as 0. Micro is one curve of all decisions.
    /// </param>
    /// <returns>0 to 1; 0 if no label has a curve.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The averaging is not defined.</exception>
    public double AreaUnderRoc(Averaging averaging = Averaging.Macro)
    {
        ClassAverage.ThrowIfUndefined(averaging);
        if (averaging == Averaging.Micro)
            return Together().Roc().Area;
        RocCurve[] curves = Array.ConvertAll(_labels, label => label.Roc());
        return ClassAverage.Of(
            curves.Length,
            label => curves[label].Area,
            label => curves[label].IsDefined ? ClassAverage.Weight(averaging, curves[label].PositiveWeight) : 0);
    }

    /// <summary>Returns the average precision.</summary>
    /// <param name="averaging">
    /// The averaging over labels; macro by default. Labels that no item has are omitted from macro and weighted
    /// averages, as in torchmetrics. Micro is one curve of all decisions.
    /// </param>
    /// <returns>0 to 1; 0 if no label has a curve.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The averaging is not defined.</exception>
    public double AveragePrecision(Averaging averaging = Averaging.Macro)
    {
        ClassAverage.ThrowIfUndefined(averaging);
        if (averaging == Averaging.Micro)
            return Together().PrecisionRecall().AveragePrecision;
        PrecisionRecallCurve[] curves = Array.ConvertAll(_labels, label => label.PrecisionRecall());
        return ClassAverage.Of(
            curves.Length,
            label => curves[label].AveragePrecision,
            label => curves[label].IsDefined ? ClassAverage.Weight(averaging, curves[label].PositiveWeight) : 0);
    }

    private double Average(float threshold, Averaging averaging, Func<ConfusionMatrix, double> metric)
    {
        ClassAverage.ThrowIfUndefined(averaging);
        if (averaging == Averaging.Micro)
            return metric(Together().ConfusionMatrix(threshold));
        ConfusionMatrix[] matrices = Array.ConvertAll(_labels, label => label.ConfusionMatrix(threshold));
        return ClassAverage.Of(
            matrices.Length,
            label => metric(matrices[label]),
            label => ClassAverage.Weight(averaging, matrices[label].TrueWeight(1)));
    }

    private BinaryScores Together()
    {
        var all = new BinaryScores { Thresholds = _labels[0].Thresholds };
        foreach (BinaryScores label in _labels)
            all.Add(label);
        return all;
    }
}
