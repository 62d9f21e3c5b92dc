using TorchBoard;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels.Techniques;

/// <summary>Shows the gradient of a layer's weights as a heatmap, and the gradient flow through all layers.</summary>
internal static class Gradients
{
    public static void Show(SummaryWriter writer, Module<Tensor, Tensor> model, Tensor pictures, Tensor labels)
    {
        Tensor loss = functional.cross_entropy(model.call(pictures), labels);
        loss.backward();
        writer.AddGradientHeatmap("gradient/fc.weight", model, "fc.weight", 0);
        writer.AddGradientFlow("gradient/flow", model, 0);
        model.zero_grad();
    }
}
