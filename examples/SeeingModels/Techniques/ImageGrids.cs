using TorchBoard;
using TorchBoard.Imaging;
using static TorchSharp.torch;

namespace SeeingModels.Techniques;

/// <summary>Arranges many pictures as one, like torchvision's make_grid.</summary>
internal static class ImageGrids
{
    public static void Show(SummaryWriter writer, Tensor pictures)
    {
        var options = new ImageGridOptions { Columns = 8, Padding = 1, PaddingValue = 0.5f, Scale = 4 };
        writer.AddImages("grid/digits", pictures, 0, options);
    }
}
