using TorchBoard;
using TorchBoard.Probing;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels.Techniques;

/// <summary>Shows where the explanations of several networks agree and differ.</summary>
internal static class Ensembles
{
    public static void Show(SummaryWriter writer, IReadOnlyList<Module<Tensor, Tensor>> networks, Tensor picture) =>
        writer.AddEnsembleExplanation("ensemble", networks, picture, 0, ExplanationMethod.IntegratedGradients);
}
