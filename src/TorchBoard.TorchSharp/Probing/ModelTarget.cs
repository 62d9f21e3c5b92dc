using TorchBoard.Probing.Targets;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>
/// What of a model's output is explained: a function from the output to one score for each input. pytorch-grad-cam
/// calls it a target. Immutable and thread-safe, unless the function given is not.
/// </summary>
/// <remarks>
/// <para>
/// An <see cref="int"/> converts to the target of that class: <c>Target = 3</c>. Anything else is a function:
/// <c>Target = ModelTarget.Of(output =&gt; output.select(1, 3) - output.select(1, 5))</c>, or for a model that puts out
/// no single tensor <c>ModelTarget.Of(((Tensor Boxes, Tensor Scores) output) =&gt; output.Scores.select(1, 0))</c>.
/// </para>
/// <para>
/// A function must keep inputs apart: it is called with the outputs of any number N of inputs, and returns [N], or
/// [N, 1]. Methods that use gradients need it to be made of operations that autograd can follow. Tensors that it makes
/// are disposed of after the call.
/// </para>
/// </remarks>
public abstract record ModelTarget
{
    private readonly string? _name;

    private protected ModelTarget()
    {
    }

    /// <summary>The greatest class of each input; the only number where there is only one.</summary>
    internal static ModelTarget Greatest { get; } = new GreatestTarget();

    /// <summary>
    /// What the score is called where it is shown, such as <c>similarity</c>. By default null for a class and a
    /// function.
    /// </summary>
    public string? Name
    {
        get => _name ?? DefaultName;
        init => _name = value;
    }

    /// <summary>
    /// The class of which the score is taken, for <see cref="Class"/> and <see cref="Segmentation"/>; null otherwise.
    /// </summary>
    public virtual int? ClassIndex => null;

    private protected virtual string? DefaultName => null;

    /// <summary>The target of a class: <see cref="Class"/>.</summary>
    /// <param name="index">The class, from 0.</param>
    public static implicit operator ModelTarget(int index) => Class(index);

    /// <summary>The score of a class, of a model that puts out [N, classes] or [N].</summary>
    /// <param name="index">The class, from 0.</param>
    /// <returns>The target.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static ModelTarget Class(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new ClassTarget(index);
    }

    /// <summary>A score made of a model's output, a single tensor.</summary>
    /// <param name="score">
    /// From the output, [N, …], to a score for each input: [N] or [N, 1], numbers of any type.
    /// </param>
    /// <returns>The target. What the function throws goes through to the caller of the method that explains.</returns>
    /// <exception cref="ArgumentNullException">The function is null.</exception>
    public static ModelTarget Of(Func<Tensor, Tensor> score) => Of<Tensor>(score);

    /// <summary>A score made of a model's output of any type: a tuple, a list, a dictionary, a record.</summary>
    /// <typeparam name="TOutput">What the model puts out, or a type that it derives from.</typeparam>
    /// <inheritdoc cref="Of(Func{Tensor, Tensor})"/>
    /// <param name="score">From the output for N inputs to a score for each: [N] or [N, 1], numbers of any type.</param>
    public static ModelTarget Of<TOutput>(Func<TOutput, Tensor> score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return new FunctionTarget<TOutput>(score);
    }

    /// <summary>
    /// One number of an output of any shape: a value of a regression, a pixel of a map. <c>Output(2, 5, 7)</c> of
    /// [N, C, H, W] is channel 2 at row 5 and column 7.
    /// </summary>
    /// <param name="index">
    /// An index for each dimension after the batch dimension; negative ones count from the end. None of an output [N].
    /// </param>
    /// <returns>The target.</returns>
    /// <remarks>Where the model puts out several tensors, the first that holds floating-point numbers counts.</remarks>
    /// <exception cref="ArgumentNullException">The index is null.</exception>
    public static ModelTarget Output(params int[] index)
    {
        ArgumentNullException.ThrowIfNull(index);
        return new OutputTarget([.. index]);
    }

    /// <summary>
    /// A class of a semantic segmentation: the sum of its logits over a mask, as pytorch-grad-cam's
    /// <c>SemanticSegmentationTarget</c> has it. Of a model that puts out [N, classes, H, W].
    /// </summary>
    /// <param name="channel">The class: the channel of its logits, from 0.</param>
    /// <param name="mask">
    /// [H, W], of the output's size: true, or a weight, where a pixel counts. It is copied. By default the pixels
    /// that the model predicts as the class: of which the class's logit is the greatest; where there is only one
    /// channel, of which it is above 0.
    /// </param>
    /// <returns>
    /// The target. A predicted mask is that of the input that is explained; when the input is varied, it stays. Any
    /// number of dimensions is taken in place of H and W.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The channel is negative, or the mask cannot be read or has nothing but zeros.
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
                "A mask that selects at least one pixel is wanted; this one has nothing but zeros.", nameof(mask));
        }

        return new SegmentationTarget(channel, weights);
    }

    /// <summary>
    /// How like an embedding is to another: their cosine similarity, −1 to 1. Of a model that puts out [N, D].
    /// </summary>
    /// <param name="embedding">
    /// The other embedding, D numbers of any shape, such as what the model puts out for another input. It is copied.
    /// </param>
    /// <returns>The target, named <c>similarity</c>.</returns>
    /// <remarks>Outputs [N, …] are compared number by number, all dimensions but the first together.</remarks>
    /// <exception cref="ArgumentException">The embedding cannot be read, or has nothing but zeros.</exception>
    public static ModelTarget Similarity(Tensor embedding)
    {
        StoredTensor values = StoredTensor.Floats(embedding, nameof(embedding));
        if (values.IsAllZero)
        {
            throw new ArgumentException(
                "An embedding with a direction is wanted; this one has nothing but zeros.", nameof(embedding));
        }

        return new SimilarityTarget(values);
    }

    /// <summary>A token's logit in what a language model puts out, [N, T, tokens].</summary>
    /// <param name="position">
    /// The position of T; the last, <c>^1</c>, holds the prediction of the token that comes next.
    /// </param>
    /// <param name="token">
    /// The token, from 0. By default that with the greatest logit at this position; when the input is varied, it stays.
    /// </param>
    /// <returns>
    /// The target. For the token's log-probability use
    /// <c>Of(output =&gt; output.log_softmax(-1).select(1, -1).select(1, token))</c>.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The token is negative.</exception>
    public static ModelTarget Token(Index position, long? token = null)
    {
        if (token is { } given)
            ArgumentOutOfRangeException.ThrowIfNegative(given, nameof(token));
        return new TokenTarget(position, token);
    }

    /// <summary>The score of each input, shape [N]; what depends on an input's own output is taken of that.</summary>
    internal abstract Tensor Scores(ModelOutput output);

    /// <summary>The same target with what depends on an input's own output fixed as that input has it.</summary>
    internal virtual ModelTarget BoundTo(ModelOutput output, int n) => this;
}
