using TorchBoard.Interpretation;

namespace TorchBoard.Probing;

/// <summary>
/// The methods of <see cref="ModelScore.Explain"/>, with settings that suit pictures. For other settings, call the
/// methods with their own options and <see cref="ModelScore.Predict"/> or <see cref="ModelScore.Gradient"/>.
/// </summary>
public enum ExplanationMethod
{
    /// <summary>|g|, the magnitude of the gradient (<see cref="Interpretation.Saliency"/>).</summary>
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
    /// A window of an eighth of the rows and columns, at least 2×2, moves by half its size and hides the input with
    /// zeros (<see cref="Interpretation.Occlusion"/>). For inputs that are not pictures, the window is one value.
    /// </summary>
    Occlusion,

    /// <summary>Sets each feature to zero (<see cref="Interpretation.FeatureAblation"/>).</summary>
    /// <remarks>
    /// Features are the values of the input. For a picture, they are its pixels with all channels together, or about 50
    /// superpixels if it has more than 64 pixels (<see cref="Superpixels.Slic"/>).
    /// </remarks>
    FeatureAblation,

    /// <summary>
    /// 25 orders, with features as in <see cref="FeatureAblation"/> and a baseline of zeros
    /// (<see cref="ShapleySampling.Explain"/>).
    /// </summary>
    Shapley,

    /// <summary>
    /// Features as in <see cref="FeatureAblation"/>, with a baseline of zeros
    /// (<see cref="Interpretation.KernelShap"/>).
    /// </summary>
    KernelShap,

    /// <summary>
    /// 1000 samples, with features as in <see cref="FeatureAblation"/>, hidden by their mean color, or by zeros if they
    /// are single pixels (<see cref="Interpretation.Lime"/>).
    /// </summary>
    Lime,

    /// <summary><see cref="ModelScore.GuidedGradCam"/> with the last convolution.</summary>
    GuidedGradCam,
}
