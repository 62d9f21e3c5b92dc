using TorchBoard.Drawing;
using TorchBoard.Figures.Axes;

namespace TorchBoard.Figures.Marks;

/// <summary>A box plot for each name.</summary>
internal sealed class BoxMark(IReadOnlyList<string> names, BoxStatistics?[] boxes) : Mark
{
    private const double HalfWidth = 0.3;
    private const double HalfCap = 0.15;
    private const double Opacity = 0.3;

    public override IReadOnlyList<string>? XNames => names;

    public override long Size => boxes.Sum(box => sizeof(double) * (5L + (box?.Outliers.Length ?? 0)));

    public override void Extend(DataRange x, DataRange y)
    {
        foreach (BoxStatistics box in boxes.OfType<BoxStatistics>())
        {
            y.Include([box.LowWhisker, box.LowQuartile, box.HighQuartile, box.HighWhisker]);
            y.Include(box.Outliers);
        }
    }

    public override void Draw(Plot plot)
    {
        for (int i = 0; i < boxes.Length; i++)
        {
            if (boxes[i] is { } box)
                Draw(plot, i, box);
        }
    }

    private void Draw(Plot plot, double at, BoxStatistics box)
    {
        double lowest = plot.Y.IsLogarithmic ? plot.Y.Min : double.NegativeInfinity;
        double lineWidth = 1.5 * plot.Theme.Scale;
        double low = Math.Max(box.LowQuartile, lowest);
        PixelBox body = Plot.Cell(
            plot.Across(at - HalfWidth), plot.Across(at + HalfWidth), plot.Down(box.HighQuartile), plot.Down(low));
        plot.Canvas.Fill(body, Color, Opacity);
        Line(at - HalfWidth, low, at - HalfWidth, box.HighQuartile);
        Line(at + HalfWidth, low, at + HalfWidth, box.HighQuartile);
        Line(at - HalfWidth, low, at + HalfWidth, low);
        Line(at - HalfWidth, box.HighQuartile, at + HalfWidth, box.HighQuartile);
        Line(at, low, at, Math.Max(box.LowWhisker, lowest));
        Line(at, box.HighQuartile, at, box.HighWhisker);
        Line(at - HalfCap, box.LowWhisker, at + HalfCap, box.LowWhisker);
        Line(at - HalfCap, box.HighWhisker, at + HalfCap, box.HighWhisker);
        if (plot.Y.Shows(box.Median))
        {
            plot.Canvas.Stroke(
                [Crisp(at - HalfWidth, box.Median), Crisp(at + HalfWidth, box.Median)], 2 * lineWidth, Color);
        }

        foreach (double outlier in box.Outliers)
        {
            if (plot.Y.Shows(outlier))
                plot.Canvas.FillCircle(plot.At(at, outlier), 2.5 * plot.Theme.Scale, Color, opacity: 0.7);
        }

        void Line(double x, double y, double toX, double toY)
        {
            if (plot.Y.Shows(y) && plot.Y.Shows(toY))
                plot.Canvas.Stroke([Crisp(x, y), Crisp(toX, toY)], lineWidth, Color);
        }

        // Horizontal and vertical lines are sharpest around the middle of a pixel.
        Point Crisp(double x, double y) => new(Math.Floor(plot.Across(x)) + 0.5, Math.Floor(plot.Down(y)) + 0.5);
    }
}
