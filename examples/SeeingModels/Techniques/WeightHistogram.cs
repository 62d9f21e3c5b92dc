using TorchBoard;
using TorchBoard.Figures;
using TorchBoard.Histograms;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels.Techniques;

/// <summary>Shows the weights of the first convolution in 50 bins over a chosen range.</summary>
internal static class WeightHistogram
{
    public static void Show(SummaryWriter writer, Module<Tensor, Tensor> model)
    {
        Tensor weights = model.get_parameter("conv1.weight")!;
        var figure = new Figure { Title = "Weights of conv1", XLabel = "weight", YLabel = "count" };
        figure.Histogram<float>([.. weights.data<float>()], bins: HistogramBins.Equal(50, -5, 5));
        writer.AddFigure("weights/conv1/-5 to 5", figure, 0);
        writer.AddHistogram("weights/conv1", weights, 0);
    }
}
