using System.Globalization;
using TorchBoard.Interpretation;

namespace TorchBoard.Probing;

/// <summary>The titles of explanation pictures.</summary>
internal static class Titles
{
    /// <summary>
    /// Returns the name or number of a target's class; for a target without a class, its own name, if any.
    /// </summary>
    public static string ClassOf(ExplainedModelOptions options, ModelTarget? target)
    {
        if (target?.ClassIndex is not { } index)
            return target?.Name ?? "";
        return options.ClassNames is { } names && index < names.Count
            ? names[index]
            : string.Create(CultureInfo.InvariantCulture, $"class {index}");
    }

    public static string Of(ExplanationMethod method) => method switch
    {
        ExplanationMethod.InputTimesGradient => "Input × gradient",
        ExplanationMethod.IntegratedGradients => "Integrated gradients",
        ExplanationMethod.SmoothGrad => "SmoothGrad",
        ExplanationMethod.GradientShap => "GradientSHAP",
        ExplanationMethod.GuidedBackpropagation => "Guided backpropagation",
        ExplanationMethod.GuidedGradCam => "Guided Grad-CAM",
        ExplanationMethod.DeepLift => "DeepLIFT",
        ExplanationMethod.FeatureAblation => "Feature ablation",
        ExplanationMethod.Shapley => "Shapley values",
        ExplanationMethod.KernelShap => "KernelSHAP",
        ExplanationMethod.Lime => "LIME",
        _ => method.ToString(),
    };

    public static string Of(CamMethod method) => method switch
    {
        CamMethod.GradCam => "Grad-CAM",
        CamMethod.GradCamPlusPlus => "Grad-CAM++",
        CamMethod.XGradCam => "XGrad-CAM",
        CamMethod.LayerCam => "Layer-CAM",
        CamMethod.HiResCam => "HiRes-CAM",
        CamMethod.EigenCam => "Eigen-CAM",
        CamMethod.EigenGradCam => "Eigen-Grad-CAM",
        CamMethod.ScoreCam => "Score-CAM",
        CamMethod.AblationCam => "Ablation-CAM",
        _ => method.ToString(),
    };

    /// <summary>Returns a title with a method and its layers.</summary>
    public static string Of(string method, IEnumerable<string> layers) => $"{method} · {string.Join(", ", layers)}";
}
