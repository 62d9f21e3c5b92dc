namespace TorchBoard.Metrics;

/// <summary>
/// Counts which classes a classifier takes for which, batch after batch, and what follows from it: accuracy,
/// precision, recall, F1. Not thread-safe; matrices of several threads can be added up.
/// </summary>
/// <remarks>
/// The conventions are those of torchmetrics: 0/0 is 0, and a macro average leaves out classes that are neither true
/// nor predicted anywhere. Accuracy, precision, recall and F1 are 0 to 1.
/// </remarks>
public sealed class ConfusionMatrix
{
    // Squared, they must fit an array.
    private const int MostClasses = 1 << 14;

    private readonly long[] _counts;

    /// <summary>Makes a matrix of zeros.</summary>
    /// <param name="classes">How many classes there are, 1 to 16384; a yes-or-no classifier has two.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of its range.</exception>
    public ConfusionMatrix(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, MostClasses);
        Classes = classes;
        _counts = new long[classes * classes];
    }

    /// <summary>How many classes there are.</summary>
    public int Classes { get; }

    /// <summary>How many items were counted.</summary>
    public long Total { get; private set; }

    /// <summary>The counts: shape [true classes, predicted classes].</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>How many items of a class were taken for a class.</summary>
    /// <param name="label">The true class, from 0.</param>
    /// <param name="prediction">The predicted class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long this[int label, int prediction]
    {
        get
        {
            ThrowIfNoClass(label, nameof(label));
            ThrowIfNoClass(prediction, nameof(prediction));
            return Count(label, prediction);
        }
    }

    /// <summary>Counts a batch of predicted classes.</summary>
    /// <param name="predictions">Each item's predicted class, from 0; as many.</param>
    /// <param name="labels">Each item's true class, from 0. May be empty.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, or a number is no class; then none of the batch is counted.
    /// </exception>
    public void Add(ReadOnlySpan<int> predictions, ReadOnlySpan<int> labels)
    {
        if (labels.Length != predictions.Length)
        {
            throw new ArgumentException(
                $"{labels.Length} labels have {predictions.Length} predictions.", nameof(predictions));
        }

        Labels.ThrowIfNoClasses(labels, Classes, nameof(labels));
        Labels.ThrowIfNoClasses(predictions, Classes, nameof(predictions));
        for (int i = 0; i < labels.Length; i++)
            _counts[(labels[i] * Classes) + predictions[i]]++;
        Total += labels.Length;
    }

    /// <summary>Counts a batch of scores: the class with the highest is predicted, of several the first.</summary>
    /// <param name="scores">
    /// A score for each item and class, shape [items, classes]: probabilities, logits or any numbers but NaN.
    /// </param>
    /// <param name="labels">Each item's true class, from 0. May be empty.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit together, a label is no class, or a score is NaN; then none of the batch is counted.
    /// </exception>
    public void AddScores(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels)
    {
        Labels.ThrowIfNotScored(labels, scores, Classes);
        for (int i = 0; i < labels.Length; i++)
            _counts[(labels[i] * Classes) + Labels.Highest(scores.Slice(i * Classes, Classes))]++;
        Total += labels.Length;
    }

    /// <summary>Adds the counts of another matrix of as many classes.</summary>
    /// <param name="other">The other matrix.</param>
    /// <exception cref="ArgumentException">It is null or has other classes.</exception>
    public void Add(ConfusionMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Classes != Classes)
        {
            throw new ArgumentException(
                $"{Classes} classes are wanted; the other matrix has {other.Classes}.", nameof(other));
        }

        for (int i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
        Total += other.Total;
    }

    /// <summary>Sets all counts to zero, for the next epoch.</summary>
    public void Reset()
    {
        Array.Clear(_counts);
        Total = 0;
    }

    /// <summary>Each row divided by its sum: which share of a class's items is taken for which class.</summary>
    /// <returns>
    /// Shape [true classes, predicted classes], 0 to 1; 0 in the rows of classes that are never true.
    /// </returns>
    public double[] ShareOfLabels()
    {
        double[] shares = new double[_counts.Length];
        for (int label = 0; label < Classes; label++)
        {
            for (int prediction = 0; prediction < Classes; prediction++)
                shares[(label * Classes) + prediction] = ClassAverage.Ratio(Count(label, prediction), Support(label));
        }

        return shares;
    }

    /// <summary>How many items are truly of a class.</summary>
    /// <param name="label">The class, from 0.</param>
    public long Support(int label)
    {
        ThrowIfNoClass(label, nameof(label));
        long sum = 0;
        for (int prediction = 0; prediction < Classes; prediction++)
            sum += Count(label, prediction);
        return sum;
    }

    /// <summary>How many items are taken for a class.</summary>
    /// <param name="prediction">The class, from 0.</param>
    public long Predicted(int prediction)
    {
        ThrowIfNoClass(prediction, nameof(prediction));
        long sum = 0;
        for (int label = 0; label < Classes; label++)
            sum += Count(label, prediction);
        return sum;
    }

    /// <summary>The share of items that are classified rightly.</summary>
    /// <param name="averaging">
    /// Micro, the default, counts each item the same; macro each class, which is also called balanced accuracy.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such averaging.</exception>
    public double Accuracy(Averaging averaging = Averaging.Micro) => Recall(averaging);

    /// <summary>Of the items that are taken for a class, the share that is of it: tp/(tp + fp).</summary>
    /// <param name="averaging">Over classes; macro by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such averaging.</exception>
    public double Precision(Averaging averaging = Averaging.Macro) => Average(averaging, PrecisionOf);

    /// <summary>Of the items of a class, the share that is taken for it: tp/(tp + fn).</summary>
    /// <param name="averaging">Over classes; macro by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such averaging.</exception>
    public double Recall(Averaging averaging = Averaging.Macro) => Average(averaging, RecallOf);

    /// <summary>The harmonic mean of precision and recall: 2tp/(2tp + fp + fn).</summary>
    /// <param name="averaging">Over classes, of each class's F1; macro by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such averaging.</exception>
    public double F1(Averaging averaging = Averaging.Macro) => Average(averaging, F1Of);

    /// <summary>A class's precision.</summary>
    /// <param name="label">The class, from 0; of a yes-or-no classifier, 1 for yes.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double PrecisionOf(int label) => ClassAverage.Ratio(this[label, label], Predicted(label));

    /// <summary>A class's recall, which is its accuracy too.</summary>
    /// <param name="label">The class, from 0; of a yes-or-no classifier, 1 for yes.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double RecallOf(int label) => ClassAverage.Ratio(this[label, label], Support(label));

    /// <summary>A class's F1.</summary>
    /// <param name="label">The class, from 0; of a yes-or-no classifier, 1 for yes.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double F1Of(int label) => ClassAverage.Ratio(2 * this[label, label], Support(label) + Predicted(label));

    private double Average(Averaging averaging, Func<int, double> metric) => averaging switch
    {
        // Each wrong decision is a false positive of one class and a false negative of another.
        Averaging.Micro => ClassAverage.Ratio(Enumerable.Range(0, Classes).Sum(c => Count(c, c)), Total),
        Averaging.Macro => ClassAverage.Of(Classes, metric, c => Support(c) + Predicted(c) > 0 ? 1 : 0),
        Averaging.Weighted => ClassAverage.Of(Classes, metric, c => Support(c)),
        _ => throw ClassAverage.NoSuch(averaging),
    };

    private long Count(int label, int prediction) => _counts[(label * Classes) + prediction];

    private void ThrowIfNoClass(int number, string argument)
    {
        if ((uint)number >= (uint)Classes)
            throw new ArgumentOutOfRangeException(argument, number, $"The classes are 0 to {Classes - 1}.");
    }
}
