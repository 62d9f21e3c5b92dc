using TorchBoard.Benchmarks.Work;
using TorchBoard.Imaging;

namespace TorchBoard.Benchmarks.Quick;

/// <summary>The cost of a 640×480 figure: the call, the drawing and the PNG.</summary>
internal static class DrawingFigures
{
    public static IEnumerable<Figure> All()
    {
        yield return Drawing("curves", SampleFigures.Curves());
        yield return Drawing("confusion matrix", SampleFigures.Confusion());
        yield return Encoding();
        yield return Place.InMemory(Caller);
    }

    private static Figure Drawing(string name, TorchBoard.Figures.Figure figure)
    {
        for (int i = 0; i < 50; i++)
            figure.Render();
        double seconds = Repeat.Median(51, () => Repeat.Seconds(() => figure.Render()));
        return new Figure($"figure, 640×480, {name}", seconds * 1e3, "ms");
    }

    private static Figure Encoding()
    {
        Picture picture = SampleFigures.Curves().Render();
        double seconds = Repeat.Median(51, () => Repeat.Seconds(() => picture.ToPng()));
        return new Figure("figure, 640×480, PNG", seconds * 1e3, "ms");
    }

    private static Figure Caller(string directory)
    {
        using var writer = new SummaryWriter(directory);
        TorchBoard.Figures.Figure figure = SampleFigures.Curves();
        double caller = Repeat.Median(51, () =>
        {
            double seconds = Repeat.Seconds(() => writer.AddFigure("f", figure, 0));
            writer.Flush();
            return seconds;
        });
        return new Figure("figure, the caller", caller * 1e6, "µs");
    }
}
