using static TorchSharp.torch;

namespace TorchBoard;

public static partial class TensorExtensions
{
    private const int DefaultThresholds = 127;

    /// <summary>Adds a precision-recall curve of a binary classifier to the PR Curves dashboard.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>spam</c>.</param>
    /// <param name="labels">
    /// The true label of each item: booleans, or 0 and 1. Any shape, also for the other tensors.
    /// </param>
    /// <param name="predictions">
    /// The predicted probability of each item, 0 to 1. Values outside the range are clipped; NaN counts as 0.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="thresholds">Number of thresholds, evenly spaced from 0 to 1: 2 to 16777216, 127 by default.</param>
    /// <param name="weights">The weight of each item, at least 0; 1 by default.</param>
    /// <param name="wallTime">The time the value was recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode; a tensor cannot be read; the numbers of items differ; a label is
    /// neither 0 nor 1; a weight is negative or not finite; or the number of thresholds is out of range.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddPrCurve(
        this SummaryWriter writer, string tag, Tensor labels, Tensor predictions, long step,
        int thresholds = DefaultThresholds, Tensor? weights = null, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        TensorArgument.ShapeOf(labels, nameof(labels));
        ThrowIfOtherCount(predictions, labels.NumberOfElements, nameof(predictions));
        using var truth = new HostTensor(labels, ScalarType.Float64);
        using var scores = new HostTensor(predictions, ScalarType.Float32);
        writer.AddPrCurve(
            tag, truth.Values<double>(), scores.Values<float>(), step, thresholds,
            WeightsOf(weights, labels.NumberOfElements), wallTime);
    }

    /// <summary>
    /// Adds a precision-recall curve for each class of a classifier, one against the rest, to the PR Curves dashboard;
    /// the tags are <c>tag/class</c>.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The prefix of the tags, such as <c>digits</c>.</param>
    /// <param name="labels">The true class of each item, from 0: integers, of any shape.</param>
    /// <param name="scores">
    /// The predicted probability for each item and class, 0 to 1, such as a softmax: shape [items, classes]. Values
    /// outside the range are clipped; NaN counts as 0.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="classNames">The names of the classes; class numbers by default.</param>
    /// <param name="thresholds">Number of thresholds, evenly spaced from 0 to 1: 2 to 16777216, 127 by default.</param>
    /// <param name="weights">The weight of each item, at least 0; 1 by default.</param>
    /// <param name="wallTime">The time the values were recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// See <see cref="AddPrCurve"/>; or the scores have another shape, a label is not an integer or not a class, or a
    /// name is null, empty, not valid Unicode or a duplicate.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddPrCurves(
        this SummaryWriter writer, string tag, Tensor labels, Tensor scores, long step,
        IReadOnlyList<string>? classNames = null, int thresholds = DefaultThresholds, Tensor? weights = null,
        DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        TensorArgument.ShapeOf(labels, nameof(labels));
        long count = labels.NumberOfElements;
        if (TensorArgument.ShapeOf(scores, nameof(scores)) is not [int items, _] || items != count)
        {
            throw new ArgumentException(
                $"The shape must be [{count}, classes]; was {TensorArgument.ShapeText(scores)}.", nameof(scores));
        }

        using HostTensor truth = IntegersOf(labels, nameof(labels));
        using var predictions = new HostTensor(scores, ScalarType.Float32);
        writer.AddPrCurves(
            tag, truth.Values<int>(), predictions.Values<float>(), step, classNames, thresholds,
            WeightsOf(weights, count), wallTime);
    }

    /// <summary>Adds a precision-recall curve that was computed elsewhere to the PR Curves dashboard.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>spam</c>.</param>
    /// <param name="curve">
    /// Shape [6, thresholds], with at least 2 thresholds, evenly spaced from 0 to 1. The rows are true positives, false
    /// positives, true negatives, false negatives, precision and recall, as in PyTorch's <c>add_pr_curve_raw</c>.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="wallTime">The time the value was recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, the tensor cannot be read or has another shape, or a value is
    /// negative or not finite.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddPrCurveRaw(
        this SummaryWriter writer, string tag, Tensor curve, long step, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (TensorArgument.ShapeOf(curve, nameof(curve)) is not [6, int thresholds])
        {
            throw new ArgumentException(
                $"The shape must be [6, thresholds]; was {TensorArgument.ShapeText(curve)}.", nameof(curve));
        }

        using var host = new HostTensor(curve, ScalarType.Float32);
        ReadOnlySpan<float> rows = host.Values<float>();
        writer.AddPrCurveRaw(
            tag,
            rows[..thresholds], rows.Slice(thresholds, thresholds),
            rows.Slice(2 * thresholds, thresholds), rows.Slice(3 * thresholds, thresholds),
            rows.Slice(4 * thresholds, thresholds), rows[(5 * thresholds)..],
            step, wallTime);
    }

    private static float[] WeightsOf(Tensor? weights, long count)
    {
        if (weights is null)
            return [];
        ThrowIfOtherCount(weights, count, nameof(weights));
        using var host = new HostTensor(weights, ScalarType.Float32);
        return host.Values<float>().ToArray();
    }

    private static HostTensor IntegersOf(Tensor numbers, string argument)
    {
        TensorArgument.ThrowIfUnreadable(numbers, argument);
        if (TensorArgument.IsFloatingPoint(numbers.dtype))
            throw new ArgumentException($"The tensor must hold integers; was {numbers.dtype}.", argument);
        return new HostTensor(numbers, ScalarType.Int32);
    }
}
