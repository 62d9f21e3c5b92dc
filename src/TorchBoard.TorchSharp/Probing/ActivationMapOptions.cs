using TorchBoard.Interpretation;

namespace TorchBoard.Probing;

/// <summary>The options of <c>AddActivationMap</c>. Immutable, thread-safe.</summary>
public sealed record ActivationMapOptions : ExplainedModelOptions
{
    /// <summary>The method; <see cref="CamMethod.GradCam"/> by default.</summary>
    public CamMethod Method { get; init; } = CamMethod.GradCam;

    /// <summary>
    /// The paths of the layers, such as <c>layer4.1.conv2</c>; the mean of their maps is drawn. Null, the default,
    /// selects the last convolution (<see cref="ModelProbe.SuggestLayer"/>).
    /// </summary>
    public IReadOnlyList<string>? Layers { get; init; }

    /// <summary>For a transformer, the positions of the tokens [N, T, D] on the picture; null by default.</summary>
    public PatchTokens? Tokens { get; init; }
}
