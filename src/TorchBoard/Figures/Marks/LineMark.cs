using TorchBoard.Drawing;

namespace TorchBoard.Figures.Marks;

/// <summary>Points joined by straight lines.</summary>
internal sealed class LineMark(double[] x, double[] y, bool dashed) : PointMark(x, y)
{
    private const int ManyPointsAPixel = 4;

    /// <summary>Whether the line is half as thick as others.</summary>
    public bool IsThin { get; init; }

    public override void Draw(Plot plot)
    {
        foreach ((int first, int end) in PointRuns.Of(X.Length, i => plot.Shows(X[i], Y[i])))
        {
            IEnumerable<Point> run = Enumerable.Range(first, end - first).Select(i => plot.At(X[i], Y[i]));
            bool isDense = end - first > ManyPointsAPixel * plot.Area.Width;
            Point[] points = [.. isDense ? PointRuns.Thin(run) : run];
            if (points.Length == 1)
                plot.Canvas.FillCircle(points[0], plot.Theme.LineWidth, Color);
            else
                Stroke(plot.Canvas, points, plot.Theme);
        }
    }

    public override void DrawKey(Canvas canvas, PixelBox box, Theme theme)
    {
        double middle = (box.Top + box.Bottom) / 2.0;
        Stroke(canvas, [new(box.Left, middle), new(box.Right, middle)], theme);
    }

    private void Stroke(Canvas canvas, Point[] points, Theme theme)
    {
        double width = IsThin ? theme.LineWidth / 2 : theme.LineWidth;
        if (dashed)
            canvas.StrokeDashed(points, width, 6 * theme.Scale, 5 * theme.Scale, Color);
        else
            canvas.Stroke(points, width, Color);
    }
}
