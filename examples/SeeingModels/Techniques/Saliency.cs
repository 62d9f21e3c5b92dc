using TorchBoard;
using TorchBoard.Probing;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels.Techniques;

/// <summary>Shows which pixels a class depends on, by gradients with respect to the picture.</summary>
internal static class Saliency
{
    public static void Show(SummaryWriter writer, Module<Tensor, Tensor> model, Tensor picture)
    {
        foreach (ExplanationMethod method in (ExplanationMethod[])
            [
                ExplanationMethod.Saliency,
                ExplanationMethod.SmoothGrad,
                ExplanationMethod.IntegratedGradients,
                ExplanationMethod.GuidedBackpropagation,
            ])
        {
            writer.AddExplanation($"saliency/{method}", model, picture, 0, method);
        }
    }
}
