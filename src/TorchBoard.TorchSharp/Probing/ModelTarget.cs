using TorchBoard.Probing.Targets;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>
/// The score to explain: a function from a model's output to one score per input, called a target in pytorch-grad-cam.
/// Immutable and thread-safe, unless a supplied function is not.
/// </summary>
/// <remarks>
/// <para>
/// An <see cref="int"/> converts to the target of that class: <c>Target = 3</c>. Anything else is a function:
/// <c>Target = ModelTarget.Of(output =&gt; output.select(1, 3) - output.select(1, 5))</c>, or, for a model whose output
/// is not a single tensor, <c>ModelTarget.Of(((Tensor Boxes, Tensor Scores) output) =&gt; output.Scores.select(1,
/// 0))</c>.
/// </para>
/// <para>
/// A function must treat inputs independently: it is called with the outputs of any number N of inputs, and returns
/// [N] or [N, 1]. For methods that use gradients, it must consist of operations that autograd supports. Tensors that it
/// creates are disposed of after the call.
/// </para>
/// </remarks>
public abstract record ModelTarget
{
    private readonly string? _name;

    private protected ModelTarget()
    {
    }

    /// <summary>The class with the highest score of each input; the only score if there is just one.</summary>
    internal static ModelTarget Greatest { get; } = new GreatestTarget();

    /// <summary>
    /// The name of the score in titles, such as <c>similarity</c>. By default null for a class and a function.
    /// </summary>
    public string? Name
    {
        get => _name ?? DefaultName;
        init => _name = value;
    }

    /// <summary>Whether the name is not just the default.</summary>
    internal bool HasOwnName => _name is not null;

    /// <summary>
    /// The class whose score is explained, for <see cref="Class"/> and <see cref="Segmentation"/>; null otherwise.
    /// </summary>
    public virtual int? ClassIndex => null;

    private protected virtual string? DefaultName => null;

    /// <summary>Converts a class to its target; see <see cref="Class"/>.</summary>
    /// <param name="index">The class, from 0.</param>
    public static implicit operator ModelTarget(int index) => Class(index);

    /// <summary>Creates a target for the score of a class of a model that outputs [N, classes] or [N].</summary>
    /// <param name="index">The class, from 0.</param>
    /// <returns>The target.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static ModelTarget Class(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new ClassTarget(index);
    }

    /// <summary>Creates a target for a function of a model's output, a single tensor.</summary>
    /// <param name="score">Maps the output, [N, …], to a score per input: [N] or [N, 1], numbers of any type.</param>
    /// <returns>The target. Exceptions of the function propagate to the caller of the explanation method.</returns>
    /// <exception cref="ArgumentNullException">The function is null.</exception>
    public static ModelTarget Of(Func<Tensor, Tensor> score) => Of<Tensor>(score);

    /// <summary>
    /// Creates a target for a function of a model's output of any type: a tuple, a list, a dictionary, a record.
    /// </summary>
    /// <typeparam name="TOutput">The type of the model's output, or a base type of it.</typeparam>
    /// <inheritdoc cref="Of(Func{Tensor, Tensor})"/>
    /// <param name="score">
    /// Maps the output for N inputs to a score per input: [N] or [N, 1], numbers of any type.
    /// </param>
    public static ModelTarget Of<TOutput>(Func<TOutput, Tensor> score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return new FunctionTarget<TOutput>(score);
    }

    /// <summary>
    /// Creates a target for one value of an output of any shape, such as a regression value or a pixel of a map. For
    /// [N, C, H, W], <c>Output(2, 5, 7)</c> is channel 2 at row 5 and column 7.
    /// </summary>
    /// <param name="index">
    /// One index per dimension after the batch dimension; negative indices count from the end. None for an output [N].
    /// </param>
    /// <returns>The target.</returns>
    /// <remarks>If the model outputs several tensors, the first floating-point tensor is used.</remarks>
    /// <exception cref="ArgumentNullException">The index is null.</exception>
    public static ModelTarget Output(params int[] index)
    {
        ArgumentNullException.ThrowIfNull(index);
        return new OutputTarget([.. index]);
    }

    /// <summary>
    /// Creates a target for a class of a semantic segmentation: the sum of its logits over a mask, as in
    /// pytorch-grad-cam's <c>SemanticSegmentationTarget</c>. For a model that outputs [N, classes, H, W].
    /// </summary>
    /// <param name="channel">The class, which is the channel of its logits, from 0.</param>
    /// <param name="mask">
    /// [H, W], of the output's size: true, or a weight, for pixels that count; copied. By default the pixels that the
    /// model predicts as the class: where its logit is the highest or, if there is only one channel, greater than 0.
    /// </param>
    /// <returns>
    /// The target. A predicted mask is computed for the explained input and stays fixed when the input varies. Any
    /// number of dimensions may replace H and W.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The channel is negative, the mask cannot be read, or all its values are 0.
    /// </exception>
    public static ModelTarget Segmentation(int channel, Tensor? mask = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        if (mask is null)
            return new SegmentationTarget(channel, null);
        StoredTensor weights = StoredTensor.Floats(mask, nameof(mask));
        if (weights.IsAllZero)
        {
            throw new ArgumentException(
                "The mask must select at least one pixel; all its values are 0.", nameof(mask));
        }

        return new SegmentationTarget(channel, weights);
    }

    /// <summary>
    /// Creates a target for boxes that a detector found, as pytorch-grad-cam's <c>FasterRCNNBoxScoreTarget</c>. Each
    /// box counts with the overlap (intersection over union) and the score of the detection that overlaps it most, if
    /// that has the same label and overlaps it enough; otherwise with 0.
    /// </summary>
    /// <typeparam name="TOutput">The type of the model's output, or a base type of it.</typeparam>
    /// <param name="detections">
    /// Maps the output for N inputs to the detections in each: boxes [D, 4], labels [D] and scores [D]. For
    /// torchvision's dictionaries, <c>(IList&lt;Dictionary&lt;string, Tensor&gt;&gt; output) =&gt; output.Select(of
    /// =&gt; (of["boxes"], of["labels"], of["scores"]))</c>.
    /// </param>
    /// <param name="boxes">The boxes to explain, [K, 4]: left, top, right, bottom; copied.</param>
    /// <param name="labels">Their labels, [K]; copied.</param>
    /// <param name="leastOverlap">The overlap that a detection must exceed, 0 to 1; 0.5 by default.</param>
    /// <returns>The target, named <c>boxes</c>: the sum over the boxes.</returns>
    /// <exception cref="ArgumentException">
    /// A tensor cannot be read, the shapes are not [K, 4] and [K], or the overlap is not from 0 to 1.
    /// </exception>
    public static ModelTarget Boxes<TOutput>(
        Func<TOutput, IEnumerable<(Tensor Boxes, Tensor Labels, Tensor Scores)>> detections, Tensor boxes,
        Tensor labels, double leastOverlap = 0.5)
    {
        ArgumentNullException.ThrowIfNull(detections);
        if (TensorArgument.ShapeOf(boxes, nameof(boxes)) is not [int count, 4])
        {
            throw new ArgumentException(
                $"Boxes must be [K, 4]: left, top, right, bottom; was {TensorArgument.ShapeText(boxes)}.",
                nameof(boxes));
        }

        if (!TensorArgument.ShapeOf(labels, nameof(labels)).AsSpan().SequenceEqual([count]))
        {
            throw new ArgumentException(
                $"Expected {count} label{(count == 1 ? "" : "s")}, one per box; the shape is "
                + $"{TensorArgument.ShapeText(labels)}.",
                nameof(labels));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(leastOverlap);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leastOverlap, 1);
        return new BoxTarget<TOutput>(
            detections, StoredTensor.Floats(boxes, nameof(boxes)), BoxTarget<TOutput>.Integers(labels), leastOverlap);
    }

    /// <summary>
    /// Creates a target for the cosine similarity to an embedding, −1 to 1, for a model that outputs [N, D].
    /// </summary>
    /// <param name="embedding">
    /// The other embedding, D numbers of any shape, such as the model's output for another input; copied.
    /// </param>
    /// <returns>The target, named <c>similarity</c>.</returns>
    /// <remarks>Outputs [N, …] are compared value by value, with all dimensions except the first combined.</remarks>
    /// <exception cref="ArgumentException">The embedding cannot be read, or all its values are 0.</exception>
    public static ModelTarget Similarity(Tensor embedding)
    {
        StoredTensor values = StoredTensor.Floats(embedding, nameof(embedding));
        if (values.IsAllZero)
        {
            throw new ArgumentException(
                "The embedding must have a nonzero value; all its values are 0.", nameof(embedding));
        }

        return new SimilarityTarget(values);
    }

    /// <summary>Creates a target for a token's logit in the output of a language model, [N, T, tokens].</summary>
    /// <param name="position">The position in T; the last, <c>^1</c>, is the prediction of the next token.</param>
    /// <param name="token">
    /// The token, from 0. By default the token with the highest logit at this position; it stays fixed when the input
    /// varies.
    /// </param>
    /// <returns>
    /// The target. For the token's log-probability, use <c>Of(output =&gt; output.log_softmax(-1).select(1,
    /// -1).select(1, token))</c>.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The token is negative.</exception>
    public static ModelTarget Token(Index position, long? token = null)
    {
        if (token is { } given)
            ArgumentOutOfRangeException.ThrowIfNegative(given, nameof(token));
        return new TokenTarget(position, token);
    }

    /// <summary>
    /// Computes the score of each input, shape [N]; open choices are resolved by each input's own output.
    /// </summary>
    internal abstract Tensor Scores(ModelOutput output);

    /// <summary>Returns the target for the mirror image of the picture; null if it depends on positions.</summary>
    internal virtual ModelTarget? Mirrored() => this;

    /// <summary>Returns the target with open choices resolved by the output of one input.</summary>
    internal virtual ModelTarget BoundTo(ModelOutput output, int n) => this;
}
