using TorchBoard.Interpretation;

namespace TorchBoard.Probing;

/// <summary>
/// How <see cref="ModelScore.Explain"/> explains a score, with settings that suit pictures. Other settings are those of
/// the methods' own options, with <see cref="ModelScore.Predict"/> and <see cref="ModelScore.Gradient"/>.
/// </summary>
public enum ExplanationMethod
{
    /// <summary>|g|, the size of the gradient (<see cref="Interpretation.Saliency"/>).</summary>
    Saliency,

    /// <summary>x·g (<see cref="Interpretation.InputTimesGradient.Explain"/>).</summary>
    InputTimesGradient,

    /// <summary>From a baseline of zeros, in 50 steps (<see cref="Interpretation.IntegratedGradients"/>).</summary>
    IntegratedGradients,

    /// <summary>
    /// Mean gradient of 25 inputs with noise of 15 % of the input's range (<see cref="Interpretation.SmoothGrad"/>).
    /// </summary>
    SmoothGrad,

    /// <summary>25 samples against a baseline of zeros (<see cref="Interpretation.GradientShap"/>).</summary>
    GradientShap,

    /// <summary><see cref="ModelScore.GuidedBackpropagation"/>.</summary>
    GuidedBackpropagation,

    /// <summary><see cref="ModelScore.Deconvolution"/>.</summary>
    Deconvolution,

    /// <summary><see cref="ModelScore.DeepLift"/> against a baseline of zeros.</summary>
    DeepLift,

    /// <summary>
    /// A window of an eighth of rows and columns that moves by half its size, at least 2×2 by 1, hides with zeros
    /// (<see cref="Interpretation.Occlusion"/>). Of inputs that are no pictures, a window of one number.
    /// </summary>
    Occlusion,

    /// <summary>Each feature at zero (<see cref="Interpretation.FeatureAblation"/>).</summary>
    /// <remarks>
    /// Features are the numbers of the input, of a picture its pixels, all channels together; of a picture of more than
    /// 64 pixels about 50 superpixels (<see cref="Superpixels.Slic"/>).
    /// </remarks>
    FeatureAblation,

    /// <summary>
    /// 25 orders, features as for <see cref="FeatureAblation"/>, against zeros (<see cref="ShapleySampling.Explain"/>).
    /// </summary>
    Shapley,

    /// <summary>
    /// Features as for <see cref="FeatureAblation"/>, against zeros (<see cref="Interpretation.KernelShap"/>).
    /// </summary>
    KernelShap,

    /// <summary>
    /// 1000 samples, features as for <see cref="FeatureAblation"/>, hidden by their mean color,
    /// single pixels by zeros (<see cref="Interpretation.Lime"/>).
    /// </summary>
    Lime,
}
