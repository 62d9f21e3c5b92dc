using TorchBoard;
using TorchBoard.Probing;
using static TorchSharp.torch;

namespace TorchSharpDigits;

/// <summary>Explains what the trained network looks at in one example of each digit.</summary>
internal static class Explanations
{
    private static readonly ExplanationMethod[] Methods =
    [
        ExplanationMethod.Saliency,
        ExplanationMethod.IntegratedGradients,
        ExplanationMethod.SmoothGrad,
        ExplanationMethod.GuidedBackpropagation,
        ExplanationMethod.Occlusion,
        ExplanationMethod.KernelShap,
        ExplanationMethod.Lime,
    ];

    /// <summary>Logs kernels, feature maps, Grad-CAM and pixel attributions.</summary>
    public static void Add(SummaryWriter writer, DigitNet net, DigitTensors digits, long step)
    {
        using var scope = NewDisposeScope();
        Tensor some = OneOfEach(digits);
        writer.AddKernels("kernels/conv1", net, step);
        foreach (string layer in (string[])["features.conv1", "features.relu2"])
            writer.AddFeatureMaps($"features/{layer}", net, some.narrow(0, 0, 1), step, layer);
        writer.AddActivationMap(
            "explanations/GradCam", net, some, step, new ActivationMapOptions { Layers = ["features.relu2"] });
        foreach (ExplanationMethod method in Methods)
            writer.AddExplanation($"explanations/{method}", net, some, step, method);
        writer.AddGradientFlow("gradients/flow", net, step);
        writer.AddGradientHeatmap("gradients/scores", net, "head.scores.weight", step);
    }

    private static Tensor OneOfEach(DigitTensors digits) =>
        cat([.. Enumerable.Range(0, 10).Select(digit => digits.Pictures.index_select(
            0, digits.Labels.eq(digit).nonzero().flatten().narrow(0, 0, 1)))]);
}
