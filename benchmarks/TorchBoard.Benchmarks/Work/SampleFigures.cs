namespace TorchBoard.Benchmarks.Work;

/// <summary>Typical figures of training loops.</summary>
internal static class SampleFigures
{
    public const int Classes = 10;

    /// <summary>Creates a figure of two curves of a thousand points, a band and a legend.</summary>
    public static TorchBoard.Figures.Figure Curves()
    {
        double[] steps = [.. Enumerable.Range(0, 1000).Select(i => 10.0 * i)];
        double[] train = [.. steps.Select(s => (2 * Math.Exp(-s / 2000)) + (0.1 * Math.Sin(s)))];
        double[] heldOut = [.. steps.Select(s => (2 * Math.Exp(-s / 2500)) + 0.2)];
        return new TorchBoard.Figures.Figure { Title = "Loss", XLabel = "step", YLabel = "cross-entropy" }
            .Line(steps, train, "train")
            .Band<double, double>(steps, [.. heldOut.Select(v => 0.9 * v)], [.. heldOut.Select(v => 1.1 * v)])
            .Line(steps, heldOut, "held out");
    }

    /// <summary>Creates a confusion matrix of a hundred cells with numbers and a color bar.</summary>
    public static TorchBoard.Figures.Figure Confusion() => TorchBoard.Figures.Figure.ConfusionMatrix<int>(
        [.. Enumerable.Range(0, Classes * Classes).Select(i => i % (Classes + 1) == 0 ? 180 : i % 7)],
        normalized: true);
}
