using TorchBoard;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels.Techniques;

/// <summary>Shows a convolution's kernels as pictures: a row for each output, a picture for each input.</summary>
internal static class Kernels
{
    public static void Show(SummaryWriter writer, Module<Tensor, Tensor> vgg, Module<Tensor, Tensor> resNet)
    {
        writer.AddKernels("kernels/vgg11.conv3", vgg, 0, "conv3");
        writer.AddKernels("kernels/resnet18.conv1", resNet, 0, "conv1");
    }
}
