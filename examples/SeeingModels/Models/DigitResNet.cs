using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels.Models;

/// <summary>torchvision's resnet18 with ten classes and random weights.</summary>
internal static class DigitResNet
{
    private const int Classes = 10;

    public static Module<Tensor, Tensor> New()
    {
        manual_seed(1);
        return TorchSharp.torchvision.models.resnet18(num_classes: Classes);
    }
}
