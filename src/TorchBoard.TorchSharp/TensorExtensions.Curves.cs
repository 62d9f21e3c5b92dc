using static TorchSharp.torch;

namespace TorchBoard;

public static partial class TensorExtensions
{
    private const int DefaultThresholds = 127;

    /// <summary>Adds a precision-recall curve of a yes-or-no classifier to the PR Curves dashboard.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>spam</c>.</param>
    /// <param name="labels">What is true of each item: booleans, or 0 and 1. Of any shape, as are the others.</param>
    /// <param name="predictions">
    /// The probability that was predicted for each, 0 to 1. What lies outside is cut off; NaN counts as 0.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="thresholds">How many thresholds, evenly spaced from 0 to 1: 2 to 16777216, 127 by default.</param>
    /// <param name="weights">What each item counts, 0 or greater; 1 each by default.</param>
    /// <param name="wallTime">When it was had; now by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode; a tensor cannot be read; the numbers of items differ; a label is
    /// neither 0 nor 1; a weight is negative or not finite; or there are too few or too many thresholds.
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
    /// Adds a precision-recall curve for each class of a classifier, each against all others, to the PR Curves
    /// dashboard; their tags are <c>tag/class</c>.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">What the tags begin with, such as <c>digits</c>.</param>
    /// <param name="labels">Each item's true class, counted from 0: integers, of any shape.</param>
    /// <param name="scores">
    /// The probability that was predicted for each item and class, 0 to 1, such as a softmax: shape [items, classes].
    /// What lies outside is cut off; NaN counts as 0.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="classNames">The classes' names; their numbers by default.</param>
    /// <param name="thresholds">How many thresholds, evenly spaced from 0 to 1: 2 to 16777216, 127 by default.</param>
    /// <param name="weights">What each item counts, 0 or greater; 1 each by default.</param>
    /// <param name="wallTime">When they were had; now by default.</param>
    /// <exception cref="ArgumentException">
    /// As of <see cref="AddPrCurve"/>; the scores are of another shape; a label is no integer or no class; or a name is
    /// null, empty, no valid Unicode or there twice.
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
                $"The shape [{count}, classes] is wanted; {TensorArgument.ShapeText(scores)} given.", nameof(scores));
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
    /// Shape [6, thresholds], at least 2 thresholds, evenly spaced from 0 to 1. The rows are true positives, false
    /// positives, true negatives, false negatives, precision and recall, as in PyTorch's <c>add_pr_curve_raw</c>.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="wallTime">When it was had; now by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, the tensor cannot be read or is of another shape, or a number is
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
                $"The shape [6, thresholds] is wanted; {TensorArgument.ShapeText(curve)} given.", nameof(curve));
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
            throw new ArgumentException($"Integers are wanted; the tensor holds {numbers.dtype}.", argument);
        return new HostTensor(numbers, ScalarType.Int32);
    }
}
