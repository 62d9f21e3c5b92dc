using System.Globalization;
using System.Numerics;
using TorchBoard.Metrics;
using TorchBoard.Plugins;
using TorchBoard.Protos;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    private const int DefaultThresholds = 127;

    // Predictions are floats, which cannot tell more thresholds apart.
    private const int MostThresholds = 1 << 24;

    /// <summary>Adds a precision-recall curve of a yes-or-no classifier to the PR Curves dashboard.</summary>
    /// <param name="tag">The tag, such as <c>spam</c>.</param>
    /// <param name="labels">What is true of each item.</param>
    /// <param name="predictions">
    /// The probability that was predicted for each, 0 to 1. What lies outside is cut off; NaN counts as 0.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="thresholds">
    /// How many thresholds, evenly spaced from 0 to 1: 2 to 16777216, 127 by default. An item is taken for positive
    /// where its prediction is not less than the threshold.
    /// </param>
    /// <param name="weights">
    /// What each item counts, 0 or greater; 1 each by default. The dashboard shows counts as whole numbers and leaves
    /// out the curve's end where positives count for less than 1: give weights of that order or greater.
    /// </param>
    /// <param name="wallTime">When it was had; now by default.</param>
    /// <remarks>
    /// What is given is copied and counted in the background, as TensorBoard's own summary does. Where nothing is
    /// taken for positive, precision is 0; the dashboard leaves such points out at the curve's end.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode; there is no item; the lengths differ; a weight is negative or not
    /// finite; or there are too few or too many thresholds.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddPrCurve(
        string tag, ReadOnlySpan<bool> labels, ReadOnlySpan<float> predictions, long step,
        int thresholds = DefaultThresholds, ReadOnlySpan<float> weights = default, DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        CheckItems(labels.Length, thresholds, weights);
        if (predictions.Length != labels.Length)
        {
            throw new ArgumentException(
                $"{labels.Length} labels have {predictions.Length} predictions.", nameof(predictions));
        }

        AppendPrCurve(tag, labels.ToArray(), predictions.ToArray(), weights.ToArray(), thresholds, step, wallTime);
    }

    /// <inheritdoc cref="AddPrCurve(string, ReadOnlySpan{bool}, ReadOnlySpan{float}, long, int, ReadOnlySpan{float}, DateTimeOffset?)"/>
    /// <typeparam name="T">Any number.</typeparam>
    /// <param name="tag">The tag, such as <c>spam</c>.</param>
    /// <param name="labels">What is true of each item: 0 or 1.</param>
    /// <param name="predictions">
    /// The probability that was predicted for each, 0 to 1. What lies outside is cut off; NaN counts as 0.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="thresholds">
    /// How many thresholds, evenly spaced from 0 to 1: 2 to 16777216, 127 by default. An item is taken for positive
    /// where its prediction is not less than the threshold.
    /// </param>
    /// <param name="weights">
    /// What each item counts, 0 or greater; 1 each by default. The dashboard shows counts as whole numbers and leaves
    /// out the curve's end where positives count for less than 1: give weights of that order or greater.
    /// </param>
    /// <param name="wallTime">When it was had; now by default.</param>
    public void AddPrCurve<T>(
        string tag, ReadOnlySpan<T> labels, ReadOnlySpan<float> predictions, long step,
        int thresholds = DefaultThresholds, ReadOnlySpan<float> weights = default, DateTimeOffset? wallTime = null)
        where T : unmanaged, INumberBase<T>
    {
        bool[] isPositive = new bool[labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            isPositive[i] = T.IsZero(labels[i]) ? false : labels[i] == T.One ? true : throw new ArgumentException(
                $"Labels are 0 or 1; label {i} is {labels[i].ToString(null, CultureInfo.InvariantCulture)}. "
                + "AddPrCurves takes the numbers of classes.",
                nameof(labels));
        }

        AddPrCurve(tag, isPositive, predictions, step, thresholds, weights, wallTime);
    }

    /// <summary>
    /// Adds a precision-recall curve for each class of a classifier, each against all others, to the PR Curves
    /// dashboard; their tags are <c>tag/class</c>.
    /// </summary>
    /// <param name="tag">What the tags begin with, such as <c>digits</c>.</param>
    /// <param name="labels">Each item's true class, counted from 0.</param>
    /// <param name="scores">
    /// The probability that was predicted for each item and class, 0 to 1: shape [items, classes]. What lies outside
    /// is cut off; NaN counts as 0.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="classNames">The classes' names; their numbers by default.</param>
    /// <param name="thresholds">How many thresholds, evenly spaced from 0 to 1: 2 to 16777216, 127 by default.</param>
    /// <param name="weights">
    /// What each item counts, 0 or greater; 1 each by default. The dashboard shows counts as whole numbers and leaves
    /// out the curve's end where positives count for less than 1: give weights of that order or greater.
    /// </param>
    /// <param name="wallTime">When they were had; now by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode; there is no item; the lengths do not fit together; a label is no
    /// class; a name is null, empty, no valid Unicode or there twice; a weight is negative or not finite; or there are
    /// too few or too many thresholds.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddPrCurves(
        string tag, ReadOnlySpan<int> labels, ReadOnlySpan<float> scores, long step,
        IReadOnlyList<string>? classNames = null, int thresholds = DefaultThresholds,
        ReadOnlySpan<float> weights = default, DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        CheckItems(labels.Length, thresholds, weights);
        int classes = scores.Length / labels.Length;
        if (classes == 0 || scores.Length != (long)classes * labels.Length)
        {
            throw new ArgumentException(
                $"{scores.Length} scores are not as many for each of {labels.Length} items; "
                + "the shape is [items, classes].",
                nameof(scores));
        }

        string[] tags = TagsOfClasses(tag, classNames, classes);
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes)
            {
                throw new ArgumentException(
                    $"Label {i} is {labels[i]}; the classes are 0 to {classes - 1}, by the number of scores.",
                    nameof(labels));
            }
        }

        (int[] labelsCopy, float[] scoresCopy) = (labels.ToArray(), scores.ToArray());
        float[] weightsCopy = weights.ToArray();
        long size = sizeof(float) * ((long)scores.Length + labels.Length + weights.Length);
        Append(Build, size, step, wallTime);

        Summary Build()
        {
            var summary = new Summary();
            bool[] isPositive = new bool[labelsCopy.Length];
            float[] predictions = new float[labelsCopy.Length];
            for (int c = 0; c < classes; c++)
            {
                for (int i = 0; i < isPositive.Length; i++)
                    (isPositive[i], predictions[i]) = (labelsCopy[i] == c, scoresCopy[(i * classes) + c]);
                summary.Value.Add(
                    PrCurveSummary.Value(tags[c], PrCurveRows.Of(isPositive, predictions, weightsCopy, thresholds)));
            }

            return summary;
        }
    }

    /// <summary>Adds a precision-recall curve that was computed elsewhere to the PR Curves dashboard.</summary>
    /// <param name="tag">The tag, such as <c>spam</c>.</param>
    /// <param name="truePositives">
    /// True positives at each threshold, evenly spaced from 0 to 1, as are the numbers that follow; at least 2.
    /// </param>
    /// <param name="falsePositives">False positives.</param>
    /// <param name="trueNegatives">True negatives.</param>
    /// <param name="falseNegatives">False negatives.</param>
    /// <param name="precision">Precision; what is not known must be a number all the same, such as 0.</param>
    /// <param name="recall">Recall.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="wallTime">When it was had; now by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, there are fewer than 2 thresholds, the lengths differ, or a number
    /// is negative or not finite.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddPrCurveRaw(
        string tag,
        ReadOnlySpan<float> truePositives, ReadOnlySpan<float> falsePositives,
        ReadOnlySpan<float> trueNegatives, ReadOnlySpan<float> falseNegatives,
        ReadOnlySpan<float> precision, ReadOnlySpan<float> recall,
        long step, DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        int thresholds = truePositives.Length;
        ThrowIfNotThresholds(thresholds, nameof(truePositives));
        float[] curve =
        [
            .. Row(truePositives, thresholds, nameof(truePositives)),
            .. Row(falsePositives, thresholds, nameof(falsePositives)),
            .. Row(trueNegatives, thresholds, nameof(trueNegatives)),
            .. Row(falseNegatives, thresholds, nameof(falseNegatives)),
            .. Row(precision, thresholds, nameof(precision)),
            .. Row(recall, thresholds, nameof(recall)),
        ];
        Append(() => PrCurveSummary.Of(tag, curve), sizeof(float) * (long)curve.Length, step, wallTime);
    }

    private static void CheckItems(int labels, int thresholds, ReadOnlySpan<float> weights)
    {
        if (labels == 0)
            throw new ArgumentException("There is no item; at least one is wanted.", nameof(labels));
        ThrowIfNotThresholds(thresholds, nameof(thresholds));
        if (!weights.IsEmpty)
            Row(weights, labels, nameof(weights));
    }

    private static void ThrowIfNotThresholds(int thresholds, string argument)
    {
        if (thresholds is < 2 or > MostThresholds)
        {
            throw new ArgumentOutOfRangeException(
                argument, thresholds, $"2 to {MostThresholds} thresholds are wanted.");
        }
    }

    // TensorBoard cannot read the counts of a curve with NaN or infinities.
    private static ReadOnlySpan<float> Row(ReadOnlySpan<float> row, int length, string argument)
    {
        if (row.Length != length)
            throw new ArgumentException($"{length} numbers are wanted; {row.Length} were given.", argument);
        for (int i = 0; i < row.Length; i++)
        {
            if (!(row[i] >= 0 && float.IsFinite(row[i])))
            {
                throw new ArgumentException(
                    $"Number {i} is {row[i].ToString(CultureInfo.InvariantCulture)}; "
                    + "finite numbers, 0 or greater, are wanted.",
                    argument);
            }
        }

        return row;
    }

    private static string[] TagsOfClasses(string tag, IReadOnlyList<string>? classNames, int classes)
    {
        string[] tags = new string[classes];
        if (classNames is not null && classNames.Count != classes)
            throw new ArgumentException($"{classes} classes have {classNames.Count} names.", nameof(classNames));
        for (int c = 0; c < classes; c++)
        {
            if (classNames is not null)
                Tag.ThrowIfInvalid(classNames[c], nameof(classNames));
            tags[c] = $"{tag}/{classNames?[c] ?? c.ToString(CultureInfo.InvariantCulture)}";
        }

        if (tags.Distinct(StringComparer.Ordinal).Count() != classes)
            throw new ArgumentException("Two classes have the same name.", nameof(classNames));
        return tags;
    }

    private void AppendPrCurve(
        string tag, bool[] labels, float[] predictions, float[] weights, int thresholds, long step,
        DateTimeOffset? wallTime)
    {
        long size = labels.Length + (sizeof(float) * ((long)predictions.Length + weights.Length));
        Append(
            () =>
                PrCurveSummary.Of(tag, PrCurveRows.Of(labels, predictions, weights, thresholds)), size, step, wallTime);
    }
}
