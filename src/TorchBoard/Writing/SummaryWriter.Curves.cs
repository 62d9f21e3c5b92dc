using System.Globalization;
using System.Numerics;
using TorchBoard.Metrics;
using TorchBoard.Numerics;
using TorchBoard.Plugins;
using TorchBoard.Protos;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    private const int DefaultThresholds = 127;

    // Predictions are floats, which cannot distinguish more thresholds.
    private const int MostThresholds = 1 << 24;

    /// <summary>Adds a precision-recall curve of a binary classifier to the PR Curves dashboard.</summary>
    /// <typeparam name="TPrediction">Any numeric type.</typeparam>
    /// <param name="tag">The tag, such as <c>spam</c>.</param>
    /// <param name="labels">The true label of each item.</param>
    /// <param name="predictions">
    /// The predicted probability of each item, 0 to 1. Values outside the range are clipped; NaN counts as 0.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="thresholds">
    /// The number of thresholds, evenly spaced from 0 to 1; 2 to 16777216, 127 by default. An item is predicted
    /// positive if its prediction is greater than or equal to the threshold.
    /// </param>
    /// <param name="weights">
    /// The weight of each item; 0 or greater, 1 by default. The dashboard shows counts as whole numbers and omits the
    /// end of the curve where positives weigh less than 1 in total: use weights of about 1 or greater.
    /// </param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <remarks>
    /// The data is copied and counted in the background, as TensorBoard's own summary does. If no item is predicted
    /// positive, the precision is 0; the dashboard omits such points at the end of the curve.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; there are no items; the lengths
    /// differ; a weight is negative or not finite; or the number of thresholds is out of range.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddPrCurve<TPrediction>(
        string tag, ReadOnlySpan<bool> labels, ReadOnlySpan<TPrediction> predictions, long step,
        int thresholds = DefaultThresholds, ReadOnlySpan<float> weights = default, DateTimeOffset? wallTime = null)
        where TPrediction : unmanaged, INumberBase<TPrediction>
    {
        Tag.ThrowIfInvalid(tag);
        CheckItems(labels.Length, thresholds, weights);
        if (predictions.Length != labels.Length)
        {
            throw new ArgumentException(
                $"Expected {labels.Length} predictions, one per label, got {predictions.Length}.", nameof(predictions));
        }

        AppendPrCurve(tag, labels.ToArray(), Numbers.ToFloats(predictions), weights.ToArray(), thresholds, step, wallTime);
    }

    /// <inheritdoc cref="AddPrCurve{TPrediction}(string, ReadOnlySpan{bool}, ReadOnlySpan{TPrediction}, long, int, ReadOnlySpan{float}, DateTimeOffset?)"/>
    /// <typeparam name="TLabel">Any numeric type.</typeparam>
    /// <typeparam name="TPrediction">Any numeric type.</typeparam>
    /// <param name="tag">The tag, such as <c>spam</c>.</param>
    /// <param name="labels">The true label of each item: 0 or 1.</param>
    /// <param name="predictions">
    /// The predicted probability of each item, 0 to 1. Values outside the range are clipped; NaN counts as 0.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="thresholds">
    /// The number of thresholds, evenly spaced from 0 to 1; 2 to 16777216, 127 by default. An item is predicted
    /// positive if its prediction is greater than or equal to the threshold.
    /// </param>
    /// <param name="weights">
    /// The weight of each item; 0 or greater, 1 by default. The dashboard shows counts as whole numbers and omits the
    /// end of the curve where positives weigh less than 1 in total: use weights of about 1 or greater.
    /// </param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    public void AddPrCurve<TLabel, TPrediction>(
        string tag, ReadOnlySpan<TLabel> labels, ReadOnlySpan<TPrediction> predictions, long step,
        int thresholds = DefaultThresholds, ReadOnlySpan<float> weights = default, DateTimeOffset? wallTime = null)
        where TLabel : unmanaged, INumberBase<TLabel>
        where TPrediction : unmanaged, INumberBase<TPrediction>
    {
        bool[] isPositive = new bool[labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            isPositive[i] = TLabel.IsZero(labels[i]) ? false
                : labels[i] == TLabel.One ? true : throw new ArgumentException(
                $"Labels must be 0 or 1; label {i} is {labels[i].ToString(null, CultureInfo.InvariantCulture)}. "
                + "For class indices, use AddPrCurves.",
                nameof(labels));
        }

        AddPrCurve(tag, isPositive, predictions, step, thresholds, weights, wallTime);
    }

    /// <summary>
    /// Adds a precision-recall curve for each class of a classifier, one class against all others, to the PR Curves
    /// dashboard. The tags are <c>tag/class</c>.
    /// </summary>
    /// <typeparam name="T">Any numeric type.</typeparam>
    /// <param name="tag">The common prefix of the tags, such as <c>digits</c>.</param>
    /// <param name="labels">The index of each item's true class, from 0.</param>
    /// <param name="scores">
    /// The predicted probability of each item and class, 0 to 1; shape [items, classes]. Values outside the range are
    /// clipped; NaN counts as 0.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="classNames">The names of the classes; their indices by default.</param>
    /// <param name="thresholds">
    /// The number of thresholds, evenly spaced from 0 to 1; 2 to 16777216, 127 by default.
    /// </param>
    /// <param name="weights">
    /// The weight of each item; 0 or greater, 1 by default. The dashboard shows counts as whole numbers and omits the
    /// end of the curve where positives weigh less than 1 in total: use weights of about 1 or greater.
    /// </param>
    /// <param name="wallTime">The time they were recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; there are no items; the lengths do
    /// not match; a label is not a class index; a name is null, empty, not valid Unicode or used twice; a weight is
    /// negative or not finite; or the number of thresholds is out of range.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddPrCurves<T>(
        string tag, ReadOnlySpan<int> labels, ReadOnlySpan<T> scores, long step,
        IReadOnlyList<string>? classNames = null, int thresholds = DefaultThresholds,
        ReadOnlySpan<float> weights = default, DateTimeOffset? wallTime = null)
        where T : unmanaged, INumberBase<T>
    {
        Tag.ThrowIfInvalid(tag);
        CheckItems(labels.Length, thresholds, weights);
        int classes = scores.Length / labels.Length;
        if (classes == 0 || scores.Length != (long)classes * labels.Length)
        {
            throw new ArgumentException(
                $"{scores.Length} scores cannot be divided evenly among {labels.Length} items; "
                + "the shape must be [items, classes].",
                nameof(scores));
        }

        string[] tags = TagsOfClasses(tag, classNames, classes);
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes)
            {
                throw new ArgumentException(
                    $"Label {i} is {labels[i]}; it must be 0 to {classes - 1}, as the scores have {classes} classes.",
                    nameof(labels));
            }
        }

        (int[] labelsCopy, float[] scoresCopy) = (labels.ToArray(), Numbers.ToFloats(scores));
        float[] weightsCopy = weights.ToArray();
        long size = sizeof(float) * ((long)scores.Length + labels.Length + weights.Length);
        _run.Kinds.Claim([.. tags.Select(name => (name, PluginTable.PrCurves))]);
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
    /// The true positives at each threshold; at least 2 thresholds, evenly spaced from 0 to 1. All lengths must match.
    /// </param>
    /// <param name="falsePositives">The false positives at each threshold.</param>
    /// <param name="trueNegatives">The true negatives at each threshold.</param>
    /// <param name="falseNegatives">The false negatives at each threshold.</param>
    /// <param name="precision">The precision at each threshold; if undefined, use a finite number such as 0.</param>
    /// <param name="recall">The recall at each threshold.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; there are fewer than 2 thresholds,
    /// the lengths differ, or a number is negative or not finite.
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
        Claim(tag, PluginTable.PrCurves);
        Append(() => PrCurveSummary.Of(tag, curve), sizeof(float) * (long)curve.Length, step, wallTime);
    }

    private static void CheckItems(int labels, int thresholds, ReadOnlySpan<float> weights)
    {
        if (labels == 0)
            throw new ArgumentException("At least one item is required; there are none.", nameof(labels));
        ThrowIfNotThresholds(thresholds, nameof(thresholds));
        if (!weights.IsEmpty)
            Row(weights, labels, nameof(weights));
    }

    private static void ThrowIfNotThresholds(int thresholds, string argument)
    {
        if (thresholds is < 2 or > MostThresholds)
        {
            throw new ArgumentOutOfRangeException(
                argument, thresholds, $"The number of thresholds must be 2 to {MostThresholds}.");
        }
    }

    // TensorBoard cannot read a curve whose counts are NaN or infinite.
    private static ReadOnlySpan<float> Row(ReadOnlySpan<float> row, int length, string argument)
    {
        if (row.Length != length)
            throw new ArgumentException($"Expected {length} numbers, got {row.Length}.", argument);
        for (int i = 0; i < row.Length; i++)
        {
            if (!(row[i] >= 0 && float.IsFinite(row[i])))
            {
                throw new ArgumentException(
                    $"Number {i} is {row[i].ToString(CultureInfo.InvariantCulture)}; "
                    + "it must be finite and at least 0.",
                    argument);
            }
        }

        return row;
    }

    private static string[] TagsOfClasses(string tag, IReadOnlyList<string>? classNames, int classes)
    {
        string[] tags = new string[classes];
        if (classNames is not null && classNames.Count != classes)
        {
            throw new ArgumentException(
                $"Expected {classes} class names, got {classNames.Count}.", nameof(classNames));
        }

        for (int c = 0; c < classes; c++)
        {
            if (classNames is not null)
                Tag.ThrowIfNotText(classNames[c], nameof(classNames));
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
        Claim(tag, PluginTable.PrCurves);
        Append(
            () =>
                PrCurveSummary.Of(tag, PrCurveRows.Of(labels, predictions, weights, thresholds)), size, step, wallTime);
    }
}
