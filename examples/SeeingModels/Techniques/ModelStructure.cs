using TorchBoard;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels.Techniques;

/// <summary>Shows a model's graph and a table of its layers, shapes and parameters.</summary>
internal static class ModelStructure
{
    public static void Show(SummaryWriter writer, Module<Tensor, Tensor> model, Tensor picture)
    {
        writer.AddGraph(model, picture);
        writer.AddModelSummary("structure/resnet18", model, 0, picture);
    }
}
