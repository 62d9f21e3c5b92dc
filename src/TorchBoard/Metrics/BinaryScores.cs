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

    /// <summary>The number of items added.</summary>
    public int Count => _labels.Count;

    private ReadOnlySpan<bool> AllLabels => CollectionsMarshal.AsSpan(_labels);

    private ReadOnlySpan<float> AllScores => CollectionsMarshal.AsSpan(_scores);

    /// <summary>Adds a batch.</summary>
    /// <param name="scores">A score for each item, higher for likelier positives: any numbers except NaN.</param>
    /// <param name="labels">The true label of each item. Can be empty.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, or a score is NaN. The batch is then not added.
    /// </exception>
    public void Add(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels)
    {
        Labels.ThrowIfNotScored(labels, scores);
        _labels.AddRange(labels);
        _scores.AddRange(scores);
    }

    /// <summary>Adds the items of other scores, such as those of another thread or rank.</summary>
    /// <param name="other">The other scores.</param>
    /// <exception cref="ArgumentNullException">The scores are null.</exception>
    public void Add(BinaryScores other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _labels.AddRange(other._labels);
        _scores.AddRange(other._scores);
    }

    /// <summary>Removes all items, for the next epoch.</summary>
    public void Reset()
    {
        _labels.Clear();
        _scores.Clear();
    }

    /// <summary>Returns the confusion matrix at a threshold: class 0 is negative, class 1 positive.</summary>
    /// <param name="threshold">Items with a score at or above it are predicted positive; 0.5 by default.</param>
    public ConfusionMatrix ConfusionMatrix(float threshold = DefaultThreshold)
    {
        var matrix = new ConfusionMatrix(2);
        int[] labels = [.. _labels.Select(label => label ? 1 : 0)];
        int[] predictions = [.. _scores.Select(score => score >= threshold ? 1 : 0)];
        matrix.Add(predictions, labels);
        return matrix;
    }

    /// <summary>Returns the ROC curve with its area (AUROC).</summary>
    public RocCurve Roc() => RocCurve.Of(AllScores, AllLabels);

    /// <summary>Returns the precision-recall curve with its average precision.</summary>
    public PrecisionRecallCurve PrecisionRecall() => PrecisionRecallCurve.Of(AllScores, AllLabels);
}
