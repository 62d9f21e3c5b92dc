namespace TorchBoard.Metrics;

/// <summary>
/// Counts true and predicted classes of a classifier, batch by batch, and computes accuracy, precision, recall, F1,
/// specificity, IoU, Matthews correlation and Cohen's kappa.
/// Not thread-safe; matrices of several threads can be added.
/// </summary>
/// <remarks>
/// Follows the conventions of torchmetrics: 0/0 is 0, and a macro average omits classes that are never true and never
/// predicted. Metrics are 0 to 1, except for the correlation and kappa. With weights, metrics are computed from
/// <see cref="WeightedCounts"/>, as those of scikit-learn with <c>sample_weight</c>: a class whose items all have weight
/// 0 counts as absent, and if all weights are 0, so are all metrics.
/// </remarks>
public sealed partial class ConfusionMatrix
{
    // The square must fit in an array.
    private const int MostClasses = 1 << 14;

    private readonly long[] _counts;

    /// <summary>Initializes a matrix of zeros.</summary>
    /// <param name="classes">The number of classes, 1 to 16384; a binary classifier has two.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of classes is out of range.</exception>
    public ConfusionMatrix(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, MostClasses);
        Classes = classes;
        _counts = new long[classes * classes];
    }

    /// <summary>Initializes the matrix of a binary classifier.</summary>
    internal ConfusionMatrix(Tally trueNegatives, Tally falsePositives, Tally falseNegatives, Tally truePositives)
        : this(2)
    {
        Tally[] cells = [trueNegatives, falsePositives, falseNegatives, truePositives];
        _counts = Array.ConvertAll(cells, cell => cell.Count);
        Total = _counts.Sum();
        if (Array.Exists(cells, cell => cell.IsWeighted))
        {
            _weights = Array.ConvertAll(cells, cell => cell.Weight);
            _weight = _weights.Sum();
        }
    }

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>
    /// A label of items that are not counted, such as -100 or 255 for pixels without a class, or one of the classes.
    /// Null, the default, counts all. As torchmetrics' <c>ignore_index</c>, it is a label, not a prediction: an ignored
    /// class that is predicted for other items is a wrong prediction.
    /// </summary>
    public int? IgnoredLabel { get; init; }

    /// <summary>The number of items counted.</summary>
    public long Total { get; private set; }

    /// <summary>The counts, regardless of weights: shape [true classes, predicted classes].</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>The number of items of a true class that were predicted as a class, regardless of weights.</summary>
    /// <param name="label">The true class, from 0.</param>
    /// <param name="prediction">The predicted class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public long this[int label, int prediction]
    {
        get
        {
            ThrowIfNoClass(label, nameof(label));
            ThrowIfNoClass(prediction, nameof(prediction));
            return _counts[(label * Classes) + prediction];
        }
    }

    /// <summary>Counts a batch of predicted classes.</summary>
    /// <param name="predictions">The predicted class of each item, from 0.</param>
    /// <param name="labels">The true class of each item, from 0. Can be empty.</param>
    /// <param name="weights">The weight of each item, at least 0; 1 each by default.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, a number is not a class, or a weight is negative or not finite. The batch is then not counted.
    /// </exception>
    public void Add(
        ReadOnlySpan<int> predictions, ReadOnlySpan<int> labels, ReadOnlySpan<double> weights = default)
    {
        if (labels.Length != predictions.Length)
        {
            throw new ArgumentException(
                $"There must be as many predictions as labels, {labels.Length}; was {predictions.Length}.",
                nameof(predictions));
        }

        Labels.ThrowIfNoClasses(labels, Classes, nameof(labels), IgnoredLabel);
        Labels.ThrowIfNoClasses(predictions, Classes, nameof(predictions));
        Labels.ThrowIfNotWeights(weights, labels.Length);
        StartWeights(!weights.IsEmpty);
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] != IgnoredLabel)
                Count(labels[i], predictions[i], weights.IsEmpty ? 1 : weights[i]);
        }
    }

    /// <summary>
    /// Counts a batch of scores. The class with the highest score is predicted; of equal scores, the first.
    /// </summary>
    /// <remarks>
    /// With <paramref name="topK"/>, an item whose true class is among the k highest scores counts as predicted
    /// correctly, so that all metrics are those of the k best guesses, as torchmetrics' <c>top_k</c>.
    /// </remarks>
    /// <param name="scores">
    /// A score for each item and class, shape [items, classes]: probabilities, logits or any numbers except NaN.
    /// </param>
    /// <param name="labels">The true class of each item, from 0. Can be empty.</param>
    /// <param name="topK">The number of best guesses, 1 to <see cref="Classes"/>; 1 by default.</param>
    /// <param name="weights">The weight of each item, at least 0; 1 each by default.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not match, a label is not a class, a score is NaN, k is out of range, or a weight is negative or
    /// not finite. The batch is then not counted.
    /// </exception>
    public void AddScores(
        ReadOnlySpan<float> scores, ReadOnlySpan<int> labels, int topK = 1, ReadOnlySpan<double> weights = default)
    {
        Labels.ThrowIfNoTopK(topK, Classes);
        Labels.ThrowIfNotScored(labels, scores, Classes, IgnoredLabel);
        Labels.ThrowIfNotWeights(weights, labels.Length);
        StartWeights(!weights.IsEmpty);
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] == IgnoredLabel)
                continue;
            ReadOnlySpan<float> row = scores.Slice(i * Classes, Classes);
            Count(
                labels[i], Labels.RankOf(labels[i], row) < topK ? labels[i] : Labels.Highest(row),
                weights.IsEmpty ? 1 : weights[i]);
        }
    }

    /// <summary>Adds the counts of another matrix with the same number of classes.</summary>
    /// <param name="other">The other matrix.</param>
    /// <exception cref="ArgumentException">The matrix is null or has another number of classes.</exception>
    public void Add(ConfusionMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Classes != Classes)
        {
            throw new ArgumentException(
                $"The other matrix must have {Classes} classes; was {other.Classes}.", nameof(other));
        }

        StartWeights(other.IsWeighted);
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
            if (_weights is not null)
                _weights[i] += other.WeightOfCell(i);
        }

        Total += other.Total;
        _weight += other.Weight;
    }

    /// <summary>Sets all counts to zero, for the next epoch.</summary>
    public void Reset()
    {
        Array.Clear(_counts);
        Total = 0;
        _weights = null;
    }

    /// <summary>Returns each row divided by its sum: the shares of a class's items predicted as each class.</summary>
    /// <returns>
    /// Shape [true classes, predicted classes], 0 to 1; 0 in the rows of classes without items.
    /// </returns>
    public double[] ShareOfLabels()
    {
        double[] shares = new double[_counts.Length];
        for (int label = 0; label < Classes; label++)
        {
            for (int prediction = 0; prediction < Classes; prediction++)
                shares[(label * Classes) + prediction] = ClassAverage.Ratio(At(label, prediction), TrueWeight(label));
        }

        return shares;
    }

    /// <summary>
    /// Returns the pairs of classes that are confused most often, regardless of weights, for matrices too large to read.
    /// </summary>
    /// <param name="count">Maximum number of pairs; at least 1.</param>
    /// <returns>
    /// The true class, the class predicted in its place, and how often; the most frequent first. Pairs that do not occur
    /// are omitted.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public (int Label, int Prediction, long Count)[] MostConfused(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return
        [
            .. Enumerable.Range(0, _counts.Length)
                .Where(cell => _counts[cell] > 0 && cell / Classes != cell % Classes)
                .OrderByDescending(cell => _counts[cell])
                .Take(count)
                .Select(cell => (cell / Classes, cell % Classes, _counts[cell])),
        ];
    }

    /// <summary>Returns the number of items whose true class is the given class, regardless of weights.</summary>
    /// <param name="label">The class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public long Support(int label)
    {
        ThrowIfNoClass(label, nameof(label));
        long sum = 0;
        for (int prediction = 0; prediction < Classes; prediction++)
            sum += _counts[(label * Classes) + prediction];
        return sum;
    }

    /// <summary>Returns the number of items predicted as the given class, regardless of weights.</summary>
    /// <param name="prediction">The class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public long Predicted(int prediction)
    {
        ThrowIfNoClass(prediction, nameof(prediction));
        long sum = 0;
        for (int label = 0; label < Classes; label++)
            sum += _counts[(label * Classes) + prediction];
        return sum;
    }

    /// <summary>Returns the share of items classified correctly.</summary>
    /// <param name="averaging">
    /// Micro, the default, weights each item equally; macro weights each class equally (balanced accuracy). The default of
    /// torchmetrics' <c>MulticlassAccuracy</c> is macro.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The averaging is not defined.</exception>
    public double Accuracy(Averaging averaging = Averaging.Micro) => Recall(averaging);

    /// <summary>Returns the share of predicted items that are correct: tp/(tp + fp).</summary>
    /// <param name="averaging">The averaging over classes; macro by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The averaging is not defined.</exception>
    public double Precision(Averaging averaging = Averaging.Macro) => Average(averaging, PrecisionOf);

    /// <summary>Returns the share of a class's items that are predicted correctly: tp/(tp + fn).</summary>
    /// <param name="averaging">The averaging over classes; macro by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The averaging is not defined.</exception>
    public double Recall(Averaging averaging = Averaging.Macro) => Average(averaging, RecallOf);

    /// <summary>Returns the harmonic mean of precision and recall: 2tp/(2tp + fp + fn).</summary>
    /// <param name="averaging">The averaging of the classes' F1; macro by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The averaging is not defined.</exception>
    public double F1(Averaging averaging = Averaging.Macro) => Average(averaging, F1Of);

    /// <summary>
    /// Returns the weighted harmonic mean of precision and recall: (1 + β²)tp/((1 + β²)tp + β²fn + fp).
    /// </summary>
    /// <param name="beta">How many times as important recall is as precision; greater than 0.</param>
    /// <param name="averaging">The averaging of the classes' values; macro by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">Beta is out of range, or the averaging is not defined.</exception>
    public double FBeta(double beta, Averaging averaging = Averaging.Macro)
    {
        ThrowIfNoBeta(beta);
        return Average(averaging, label => FBetaOf(label, beta));
    }

    /// <summary>
    /// Returns the share of other classes' items that are not predicted as a class: tn/(tn + fp), the recall of the
    /// negatives.
    /// </summary>
    /// <param name="averaging">The averaging over classes; macro by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The averaging is not defined.</exception>
    public double Specificity(Averaging averaging = Averaging.Macro)
    {
        // Each item is a negative of all classes but its own, and each wrong decision a false positive of one.
        double negatives = Weight * (Classes - 1);
        return averaging == Averaging.Micro
            ? ClassAverage.Ratio(negatives - (Weight - Correct), negatives)
            : Average(averaging, SpecificityOf);
    }

    /// <summary>
    /// Returns the intersection over union, or Jaccard index: tp/(tp + fp + fn), where the items are the pixels of a
    /// segmentation. Dice is <see cref="F1"/>.
    /// </summary>
    /// <param name="averaging">
    /// The averaging over classes; macro, the mean IoU, by default. It omits classes that are neither true nor predicted,
    /// and <see cref="IgnoredLabel"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The averaging is not defined.</exception>
    public double IntersectionOverUnion(Averaging averaging = Averaging.Macro) => averaging switch
    {
        Averaging.Micro => ClassAverage.Ratio(Correct, (2 * Weight) - Correct),
        Averaging.Macro => ClassAverage.Of(
            Classes, IntersectionOverUnionOf, c => c != IgnoredLabel && TrueWeight(c) + PredictedWeight(c) > 0 ? 1 : 0),
        _ => Average(averaging, IntersectionOverUnionOf),
    };

    /// <summary>Returns the precision of a class.</summary>
    /// <param name="label">The class, from 0; for a binary classifier, 1 is positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public double PrecisionOf(int label) => ClassAverage.Ratio(TruePositiveWeight(label), PredictedWeight(label));

    /// <summary>Returns the recall of a class, which is also its accuracy.</summary>
    /// <param name="label">The class, from 0; for a binary classifier, 1 is positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public double RecallOf(int label) => ClassAverage.Ratio(TruePositiveWeight(label), TrueWeight(label));

    /// <summary>Returns the F1 of a class.</summary>
    /// <param name="label">The class, from 0; for a binary classifier, 1 is positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public double F1Of(int label) =>
        ClassAverage.Ratio(2 * TruePositiveWeight(label), TrueWeight(label) + PredictedWeight(label));

    /// <summary>Returns the F-beta of a class; see <see cref="FBeta"/>.</summary>
    /// <param name="label">The class, from 0; for a binary classifier, 1 is positive.</param>
    /// <param name="beta">How many times as important recall is as precision; greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class or beta is out of range.</exception>
    public double FBetaOf(int label, double beta)
    {
        ThrowIfNoBeta(beta);
        double square = beta * beta;
        return ClassAverage.Ratio(
            (1 + square) * TruePositiveWeight(label), (square * TrueWeight(label)) + PredictedWeight(label));
    }

    /// <summary>Returns the specificity of a class; see <see cref="Specificity"/>.</summary>
    /// <param name="label">The class, from 0; for a binary classifier, 1 is positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public double SpecificityOf(int label)
    {
        double negatives = Weight - TrueWeight(label);
        return ClassAverage.Ratio(negatives - (PredictedWeight(label) - TruePositiveWeight(label)), negatives);
    }

    /// <summary>Returns the intersection over union of a class; see <see cref="IntersectionOverUnion"/>.</summary>
    /// <param name="label">The class, from 0; for a binary classifier, 1 is positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public double IntersectionOverUnionOf(int label) =>
        ClassAverage.Ratio(
            TruePositiveWeight(label), TrueWeight(label) + PredictedWeight(label) - TruePositiveWeight(label));

    private double Average(Averaging averaging, Func<int, double> metric) => averaging switch
    {
        // Each wrong decision is a false positive of one class and a false negative of another.
        Averaging.Micro => ClassAverage.Ratio(Correct, Weight),
        Averaging.Macro => ClassAverage.Of(Classes, metric, c => TrueWeight(c) + PredictedWeight(c) > 0 ? 1 : 0),
        Averaging.Weighted => ClassAverage.Of(Classes, metric, c => TrueWeight(c)),
        _ => throw ClassAverage.NoSuch(averaging),
    };

    private double Correct => Enumerable.Range(0, Classes).Sum(c => At(c, c));

    private void Count(int label, int prediction, double weight)
    {
        int cell = (label * Classes) + prediction;
        _counts[cell]++;
        Total++;
        if (_weights is null)
            return;
        _weights[cell] += weight;
        _weight += weight;
    }

    private static void ThrowIfNoBeta(double beta)
    {
        if (!(beta > 0 && double.IsFinite(beta)))
            throw new ArgumentOutOfRangeException(nameof(beta), beta, "Beta must be greater than 0.");
    }

    private void ThrowIfNoClass(int number, string argument)
    {
        if ((uint)number >= (uint)Classes)
            throw new ArgumentOutOfRangeException(argument, number, $"The class must be between 0 and {Classes - 1}.");
    }
}
