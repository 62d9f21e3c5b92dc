using TorchBoard;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels.Techniques;

/// <summary>Shows the outputs of layers for a picture: the first 25 channels of each, five by five.</summary>
internal static class FeatureMaps
{
    public static void Show(SummaryWriter writer, Module<Tensor, Tensor> model, Tensor picture)
    {
        foreach (string layer in (string[])["conv1", "layer1", "layer2"])
            writer.AddFeatureMaps($"features/{layer}", model, picture, 0, layer, channels: 25);
    }
}
