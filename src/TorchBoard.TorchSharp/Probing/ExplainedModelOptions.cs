using TorchBoard.Imaging;
using TorchBoard.Interpretation;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>What to explain in a model, and the picture to draw it over. Immutable, thread-safe.</summary>
public abstract record ExplainedModelOptions : ExplanationOptions
{
    /// <summary>
    /// The score to explain: a class, <c>Target = 3</c>, or a function of any output; see <see cref="ModelTarget"/>.
    /// Null, the default, selects the class with the highest score, for a model that outputs [N, classes].
    /// </summary>
    public ModelTarget? Target { get; init; }

    /// <summary>
    /// Calls the model if it takes more than the input: <c>Forward = x =&gt; model.call(x, mask)</c>. Null, the
    /// default, means <c>model.call(x)</c>.
    /// </summary>
    /// <remarks>
    /// It receives batches [N, …] of any N, on the model's device and in its type. Tensors for one input must be
    /// expanded to N: <c>mask.expand(x.shape[0], -1)</c>. The model's modules are in evaluation mode during the call. A
    /// call with gradients cannot use tensors created in <c>inference_mode()</c>.
    /// </remarks>
    public Func<Tensor, object?>? Forward { get; init; }

    /// <summary>
    /// The names of the classes, for titles of pictures; a class without a name is shown as a number. None by default.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>
    /// The picture from which the input was created, of the same height and width; only for a single input. Null, the
    /// default, derives it from the input.
    /// </summary>
    public Picture? Picture { get; init; }

    /// <summary>
    /// The normalization of the input, such as <see cref="ChannelNormalization.ImageNet"/>, to undo for the picture.
    /// Null, the default, stretches values outside 0 to 1 to that range.
    /// </summary>
    public ChannelNormalization? Normalization { get; init; }

    /// <summary>The options for an explanation method.</summary>
    internal BatchOptions Batches => new() { BatchSize = BatchSize, Seed = Seed, Progress = Progress };
}
