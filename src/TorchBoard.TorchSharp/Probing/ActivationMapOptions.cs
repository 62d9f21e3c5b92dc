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

    /// <summary>
    /// Whether a map is the first principal component of the channels' parts of it rather than their sum, which removes
    /// noise (pytorch-grad-cam's <c>eigen_smooth</c>); false by default. <see cref="CamMethod.EigenCam"/> and
    /// <see cref="CamMethod.EigenGradCam"/> are such components anyway.
    /// </summary>
    public bool EigenSmoothing { get; init; }

    /// <summary>
    /// Whether a map is the mean over the picture and its mirror image, each multiplied by 0.9, 1 and 1.1, which
    /// centers it on objects (pytorch-grad-cam's <c>aug_smooth</c>); false by default. It takes six times as many
    /// calls.
    /// </summary>
    /// <remarks>
    /// The target is that of the picture itself for all of them; masks of a segmentation are mirrored. A function must
    /// not depend on positions.
    /// </remarks>
    public bool AugmentationSmoothing { get; init; }

    /// <summary>For a transformer, the positions of the tokens [N, T, D] on the picture; null by default.</summary>
    public PatchTokens? Tokens { get; init; }
}
