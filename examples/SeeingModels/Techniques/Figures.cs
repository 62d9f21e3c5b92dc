using Quickstart;
using TorchBoard;
using TorchBoard.Figures;
using TorchBoard.Histograms;
using static TorchSharp.torch;

namespace SeeingModels.Techniques;

/// <summary>
/// Draws plots: a line, points, bars, a histogram and a heatmap, with titles, labels, legends and a color bar.
/// </summary>
internal static class Figures
{
    public static void Show(SummaryWriter writer, Tensor pictures, Tensor labels)
    {
        Tensor zeros = OfDigit(0);
        Tensor ones = OfDigit(1);
        Tensor counts = labels.bincount(null, Digits.Classes);

        writer.AddFigure(
            "figures/line",
            new Figure { Title = "Ink by column", XLabel = "column", YLabel = "mean ink" }
                .Line<float>(Floats(zeros.mean([0, 1, 2])), "zeros")
                .Line<float>(Floats(ones.mean([0, 1, 2])), "ones", dashed: true),
            0);
        writer.AddFigure(
            "figures/scatter",
            new Figure { Title = "Two features tell zeros from ones", XLabel = "ink in the middle", YLabel = "ink" }
                .Scatter<float, float>(Middle(zeros), Ink(zeros), "zeros")
                .Scatter<float, float>(Middle(ones), Ink(ones), "ones"),
            0);
        writer.AddFigure(
            "figures/bars",
            new Figure { Title = "Pictures of each digit", XLabel = "digit", YLabel = "count" }
                .Bars<long>([.. Enumerable.Range(0, Digits.Classes).Select(n => $"{n}")], [.. counts.data<long>()]),
            0);
        writer.AddFigure(
            "figures/histogram",
            new Figure { Title = "Ink of a picture", XLabel = "mean ink", YLabel = "count" }
                .Histogram<float>(Ink(zeros), "zeros", HistogramBins.Equal(20, 0.1, 0.6))
                .Histogram<float>(Ink(ones), "ones", HistogramBins.Equal(20, 0.1, 0.6)),
            0);
        writer.AddFigure(
            "figures/heatmap",
            new Figure { Title = "The mean zero", XLabel = "column", YLabel = "row" }.Heatmap<float>(
                Floats(zeros.mean([0])), Digits.Side, Digits.Side,
                new HeatmapOptions { ColorLabel = "ink", CellFormat = "0.0", SquareCells = true }),
            0);

        Tensor OfDigit(int digit) => pictures.index_select(0, labels.eq(digit).nonzero().flatten());
    }

    private static float[] Ink(Tensor pictures) => Floats(pictures.mean([1, 2, 3]));

    private static float[] Middle(Tensor pictures) => Floats(pictures.narrow(2, 3, 2).narrow(3, 3, 2).mean([1, 2, 3]));

    private static float[] Floats(Tensor values) => [.. values.contiguous().data<float>()];
}
