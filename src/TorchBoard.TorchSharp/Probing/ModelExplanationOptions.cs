using TorchBoard.Interpretation;

namespace TorchBoard;

/// <summary>What of a model is explained, and over which picture it is drawn. Never changes.</summary>
public record ModelExplanationOptions : ExplanationOptions
{
    /// <summary>
    /// The class of which the score is explained; null, the default, for that with the greatest score.
    /// </summary>
    public int? Target { get; init; }

    /// <summary>
    /// The picture that the input was made of, of its height and width. Null by default: it is made of the input.
    /// Only for one input.
    /// </summary>
    public Picture? Picture { get; init; }

    /// <summary>
    /// How the input was normalised, such as <see cref="ChannelNormalisation.ImageNet"/>, so that it can be undone
    /// for the picture. Null by default: what does not lie in 0 to 1 is stretched to that range.
    /// </summary>
    public ChannelNormalisation? Normalisation { get; init; }
}
