namespace TorchBoard.Drawing;

/// <summary>Closed polygons that are filled together; overlaps are inside too.</summary>
internal sealed class VectorPath
{
    /// <summary>Maximum distance in pixels between a curve and its chords.</summary>
    private const double Flatness = 0.05;

    private readonly List<(Point From, Point To)> _edges = [];
    private Point _start;
    private Point _last;

    public IReadOnlyList<(Point From, Point To)> Edges => _edges;

    public double Left { get; private set; } = double.PositiveInfinity;

    public double Top { get; private set; } = double.PositiveInfinity;

    public double Right { get; private set; } = double.NegativeInfinity;

    public double Bottom { get; private set; } = double.NegativeInfinity;

    public void MoveTo(Point to)
    {
        _start = to;
        _last = to;
        Include(to);
    }

    public void LineTo(Point to)
    {
        _edges.Add((_last, to));
        _last = to;
        Include(to);
    }

    /// <summary>Adds a quadratic Bézier curve, as in TrueType outlines.</summary>
    public void CurveTo(Point control, Point to)
    {
        // A chord of 1/n of the curve deviates by at most a quarter of the second difference, divided by n².
        Point from = _last;
        double bend = Math.Max(
            Math.Abs(from.X - (2 * control.X) + to.X), Math.Abs(from.Y - (2 * control.Y) + to.Y)) / 4;
        int chords = Math.Max(1, (int)Math.Ceiling(Math.Sqrt(bend / Flatness)));
        for (int i = 1; i < chords; i++)
        {
            double t = (double)i / chords;
            (double a, double b, double c) = ((1 - t) * (1 - t), 2 * t * (1 - t), t * t);
            LineTo(new((a * from.X) + (b * control.X) + (c * to.X), (a * from.Y) + (b * control.Y) + (c * to.Y)));
        }

        LineTo(to);
    }

    public void Close() => LineTo(_start);

    private void Include(Point point)
    {
        Left = Math.Min(Left, point.X);
        Top = Math.Min(Top, point.Y);
        Right = Math.Max(Right, point.X);
        Bottom = Math.Max(Bottom, point.Y);
    }
}
