using System.Runtime.InteropServices;

namespace TorchBoard.Metrics;

/// <summary>
/// Keeps what a classifier of several classes says of each item, batch after batch, for what needs all scores:
/// top-k accuracy, ROC and precision-recall curves, each class against all others. Not thread-safe.
/// </summary>
/// <remarks>
/// It takes 4 bytes an item and class. Where only predicted classes matter, <see cref="ConfusionMatrix"/> counts them
/// without keeping anything. For a yes-or-no classifier, see <see cref="RocCurve"/>.
/// </remarks>
public sealed class ClassifierScores
{
    private readonly List<int> _labels = [];
    private readonly List<float> _scores = [];

    /// <summary>Makes an empty collection.</summary>
    /// <param name="classes">How many classes there are; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no class.</exception>
    public ClassifierScores(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Classes = classes;
    }

    /// <summary>How many classes there are.</summary>
    public int Classes { get; }

    /// <summary>How many items were added.</summary>
    public int Count => _labels.Count;

    private ReadOnlySpan<int> AllLabels => CollectionsMarshal.AsSpan(_labels);

    private ReadOnlySpan<float> AllScores => CollectionsMarshal.AsSpan(_scores);

    /// <summary>Adds a batch.</summary>
    /// <param name="scores">
    /// A score for each item and class, shape [items, classes]: probabilities, logits or any numbers but NaN. For
    /// curves, the scores of one class must be comparable between items, as probabilities are.
    /// </param>
    /// <param name="labels">Each item's true class, from 0. May be empty.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit together, a label is no class, or a score is NaN; then none of the batch is added.
    /// </exception>
    public void Add(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels)
    {
        Labels.ThrowIfNotScored(labels, scores, Classes);
        _labels.AddRange(labels);
        _scores.AddRange(scores);
    }

    /// <summary>Forgets all items, for the next epoch.</summary>
    public void Reset()
    {
        _labels.Clear();
        _scores.Clear();
    }

    /// <summary>Counts which classes are taken for which: the highest score decides, of several the first.</summary>
    public ConfusionMatrix ConfusionMatrix()
    {
        var matrix = new ConfusionMatrix(Classes);
        matrix.AddScores(AllScores, AllLabels);
        return matrix;
    }

    /// <summary>The share of items whose true class is among the k with the highest scores.</summary>
    /// <param name="k">
    /// 1 to <see cref="Classes"/>. Of classes with the same score, those of lower numbers come first.
    /// </param>
    /// <returns>0 to 1; 0 where there is no item.</returns>
    /// <exception cref="ArgumentOutOfRangeException">k is out of its range.</exception>
    public double TopKAccuracy(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, Classes);
        long right = 0;
        for (int i = 0; i < Count; i++)
        {
            int label = _labels[i];
            ReadOnlySpan<float> scores = AllScores.Slice(i * Classes, Classes);
            int before = 0;
            for (int c = 0; c < Classes; c++)
            {
                if (scores[c] > scores[label] || (scores[c] == scores[label] && c < label))
                    before++;
            }

            if (before < k)
                right++;
        }

        return ClassAverage.Ratio(right, Count);
    }

    /// <summary>The ROC curve of a class against all others.</summary>
    /// <param name="label">The class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public RocCurve Roc(int label)
    {
        (bool[] isLabel, float[] scores) = OneAgainstRest(label);
        return RocCurve.Of(scores, isLabel);
    }

    /// <summary>The precision-recall curve of a class against all others.</summary>
    /// <param name="label">The class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public PrecisionRecallCurve PrecisionRecall(int label)
    {
        (bool[] isLabel, float[] scores) = OneAgainstRest(label);
        return PrecisionRecallCurve.Of(scores, isLabel);
    }

    /// <summary>The area under the ROC curves (AUROC), each class against all others.</summary>
    /// <param name="averaging">
    /// Over classes; macro by default. Classes that no item, or every item, is of have no curve and are left out.
    /// Micro makes one curve of all scores.
    /// </param>
    /// <returns>0 to 1; 0 where no class has a curve.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such averaging.</exception>
    public double AreaUnderRoc(Averaging averaging = Averaging.Macro)
    {
        if (averaging == Averaging.Micro)
            return RocCurve.Of(AllScores, AllDecisions()).Area;
        return Average(averaging, label =>
        {
            RocCurve curve = Roc(label);
            return (curve.Area, curve.Positives, curve.IsDefined);
        });
    }

    /// <summary>The average precision, each class against all others.</summary>
    /// <param name="averaging">
    /// Over classes; macro by default. Classes that no item is of have no curve and are left out. Micro makes one
    /// curve of all scores.
    /// </param>
    /// <returns>0 to 1; 0 where no class has a curve.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such averaging.</exception>
    public double AveragePrecision(Averaging averaging = Averaging.Macro)
    {
        if (averaging == Averaging.Micro)
            return PrecisionRecallCurve.Of(AllScores, AllDecisions()).AveragePrecision;
        return Average(averaging, label =>
        {
            PrecisionRecallCurve curve = PrecisionRecall(label);
            return (curve.AveragePrecision, curve.Positives, curve.Positives > 0);
        });
    }

    private double Average(Averaging averaging, Func<int, (double Value, long Positives, bool IsDefined)> curve)
    {
        if (averaging is not (Averaging.Macro or Averaging.Weighted))
            throw ClassAverage.NoSuch(averaging);
        var curves = new (double Value, long Positives, bool IsDefined)[Classes];
        for (int label = 0; label < Classes; label++)
            curves[label] = curve(label);
        return ClassAverage.Of(
            Classes,
            label => curves[label].Value,
            label => !curves[label].IsDefined ? 0 : averaging == Averaging.Macro ? 1 : curves[label].Positives);
    }

    private (bool[] IsLabel, float[] Scores) OneAgainstRest(int label)
    {
        if ((uint)label >= (uint)Classes)
            throw new ArgumentOutOfRangeException(nameof(label), label, $"The classes are 0 to {Classes - 1}.");
        bool[] isLabel = new bool[Count];
        float[] scores = new float[Count];
        for (int i = 0; i < Count; i++)
            (isLabel[i], scores[i]) = (_labels[i] == label, _scores[(i * Classes) + label]);
        return (isLabel, scores);
    }

    private bool[] AllDecisions()
    {
        bool[] decisions = new bool[_scores.Count];
        for (int i = 0; i < Count; i++)
            decisions[(i * Classes) + _labels[i]] = true;
        return decisions;
    }
}
