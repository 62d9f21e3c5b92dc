using TorchBoard.Imaging;
using TorchBoard.Interpretation;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>What of a model is explained, and over which picture it is drawn. Immutable, thread-safe.</summary>
public abstract record ExplainedModelOptions : ExplanationOptions
{
    /// <summary>
    /// Which score is explained: a class, <c>Target = 3</c>, or what <see cref="ModelTarget"/> makes of any output.
    /// Null, the default, for the class with the greatest score of a model that puts out [N, classes].
    /// </summary>
    public ModelTarget? Target { get; init; }

    /// <summary>
    /// How the model is called where it takes more than the input: <c>Forward = x =&gt; model.call(x, mask)</c>. Null,
    /// the default, for <c>model.call(x)</c>.
    /// </summary>
    /// <remarks>
    /// It is given batches [N, …] of any N, on the model's device and in its type, so what belongs to one input must be
    /// expanded to N: <c>mask.expand(x.shape[0], -1)</c>. The model's modules are in evaluation mode meanwhile. A call
    /// with gradients may not use tensors made inside <c>inference_mode()</c>.
    /// </remarks>
    public Func<Tensor, object?>? Forward { get; init; }

    /// <summary>
    /// The names of the classes, which titles of pictures show; their numbers by default, and where there are fewer
    /// names than classes.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>
    /// The picture that the input was made of, of its height and width. Null by default: it is made of the input.
    /// Only for one input.
    /// </summary>
    public Picture? Picture { get; init; }

    /// <summary>
    /// How the input was normalized, such as <see cref="ChannelNormalization.ImageNet"/>, so that it can be undone
    /// for the picture. Null by default: what does not lie in 0 to 1 is stretched to that range.
    /// </summary>
    public ChannelNormalization? Normalization { get; init; }

    /// <summary>What a method of explanation takes of these options.</summary>
    internal BatchOptions Batches => new() { BatchSize = BatchSize, Seed = Seed, Progress = Progress };
}
