namespace TorchBoard.Figures;

/// <summary>Points joined by straight lines.</summary>
internal sealed class LineMark(double[] x, double[] y, bool dashed) : Mark
{
    private const int ManyPointsAPixel = 4;

    public override long Size => sizeof(double) * (long)(x.Length + y.Length);

    public override void Extend(DataRange across, DataRange up)
    {
        for (int i = 0; i < x.Length; i++)
        {
            if (!across.Shows(x[i]) || !up.Shows(y[i]))
                continue;
            across.Include(x[i]);
            up.Include(y[i]);
        }
    }

    public override void Draw(Plot plot)
    {
        foreach ((int first, int end) in PointRuns.Of(x.Length, i => plot.Shows(x[i], y[i])))
        {
            IEnumerable<Point> run = Enumerable.Range(first, end - first).Select(i => plot.At(x[i], y[i]));
            bool isDense = end - first > ManyPointsAPixel * plot.Area.Width;
            Point[] points = [.. isDense ? PointRuns.Thin(run) : run];
            if (points.Length == 1)
                plot.Canvas.FillCircle(points[0], plot.Theme.LineWidth, Colour);
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
        if (dashed)
            canvas.StrokeDashed(points, theme.LineWidth, 6 * theme.Scale, 5 * theme.Scale, Colour);
        else
            canvas.Stroke(points, theme.LineWidth, Colour);
    }
}
