using System.Runtime.InteropServices;

namespace TorchBoard.Metrics;

/// <summary>
/// Keeps what a yes-or-no classifier says of each item, batch after batch, for curves and for counts at any
/// threshold. Not thread-safe.
/// </summary>
public sealed class BinaryScores
{
    private const float DefaultThreshold = 0.5f;

    private readonly List<bool> _labels = [];
    private readonly List<float> _scores = [];

    /// <summary>How many items were added.</summary>
    public int Count => _labels.Count;

    private ReadOnlySpan<bool> AllLabels => CollectionsMarshal.AsSpan(_labels);

    private ReadOnlySpan<float> AllScores => CollectionsMarshal.AsSpan(_scores);

    /// <summary>Adds a batch.</summary>
    /// <param name="scores">A score for each, the higher the likelier positive: any numbers but NaN.</param>
    /// <param name="labels">What is true of each item. May be empty.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, or a score is NaN; then none of the batch is added.
    /// </exception>
    public void Add(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels)
    {
        Labels.ThrowIfNotScored(labels, scores);
        _labels.AddRange(labels);
        _scores.AddRange(scores);
    }

    /// <summary>Forgets all items, for the next epoch.</summary>
    public void Reset()
    {
        _labels.Clear();
        _scores.Clear();
    }

    /// <summary>Counts right and wrong answers at a threshold: class 0 is no, class 1 yes.</summary>
    /// <param name="threshold">An item is taken for positive where its score is not less; 0.5 by default.</param>
    public ConfusionMatrix ConfusionMatrix(float threshold = DefaultThreshold)
    {
        var matrix = new ConfusionMatrix(2);
        int[] labels = [.. _labels.Select(label => label ? 1 : 0)];
        int[] predictions = [.. _scores.Select(score => score >= threshold ? 1 : 0)];
        matrix.Add(predictions, labels);
        return matrix;
    }

    /// <summary>The ROC curve, with its area (AUROC).</summary>
    public RocCurve Roc() => RocCurve.Of(AllScores, AllLabels);

    /// <summary>The precision-recall curve, with its average precision.</summary>
    public PrecisionRecallCurve PrecisionRecall() => PrecisionRecallCurve.Of(AllScores, AllLabels);
}
