namespace TorchBoard.Drawing;

/// <summary>
/// Computes the share of each pixel that a stroked line covers, from the distance between the pixel's center and the
/// line: exact for horizontal and vertical lines, round at joins and ends. Where a line crosses itself, the larger
/// coverage counts, so that dense curves keep their soft edges.
/// </summary>
internal sealed class StrokeCoverage(int width, int height)
{
    private readonly float[] _coverage = new float[width * height];

    /// <summary>The box around the pixels changed since the last <see cref="Clear"/>.</summary>
    public PixelBox Touched { get; private set; }

    public ReadOnlySpan<float> Row(int y) => _coverage.AsSpan((y * width) + Touched.Left, Touched.Width);

    public void Clear()
    {
        for (int y = Touched.Top; y < Touched.Bottom; y++)
            _coverage.AsSpan((y * width) + Touched.Left, Touched.Width).Clear();
        Touched = default;
    }

    /// <summary>Adds a straight segment of the line.</summary>
    public void Add(Point from, Point to, double thickness, PixelBox clip)
    {
        double reach = (thickness / 2) + 0.5;
        (double left, double right) = from.X < to.X ? (from.X, to.X) : (to.X, from.X);
        (double top, double bottom) = from.Y < to.Y ? (from.Y, to.Y) : (to.Y, from.Y);
        PixelBox box = PixelBox.Around(left, top, right, bottom, reach).Intersect(clip);
        if (box.IsEmpty)
            return;
        Touch(box);

        (double alongX, double alongY) = (to.X - from.X, to.Y - from.Y);
        double squaredLength = (alongX * alongX) + (alongY * alongY);
        double inverse = squaredLength > 0 ? 1 / squaredLength : 0;

        // Half the width of the slanted strip along a row; the box bounds a horizontal strip.
        double halfStrip = Math.Abs(alongY) > 1e-6
            ? reach * Math.Sqrt(squaredLength) / Math.Abs(alongY)
            : double.PositiveInfinity;
        for (int y = box.Top; y < box.Bottom; y++)
        {
            double dy = y + 0.5 - from.Y;
            (int first, int end) = (box.Left, box.Right);
            if (double.IsFinite(halfStrip))
            {
                double middle = from.X + (dy / alongY * alongX);
                first = (int)Math.Max(first, Math.Floor(middle - halfStrip));
                end = (int)Math.Min(end, Math.Ceiling(middle + halfStrip));
            }

            for (int x = first; x < end; x++)
            {
                double dx = x + 0.5 - from.X;
                double t = Math.Clamp(((dx * alongX) + (dy * alongY)) * inverse, 0, 1);
                (double offX, double offY) = (dx - (t * alongX), dy - (t * alongY));
                float covered = (float)Math.Min(reach - Math.Sqrt((offX * offX) + (offY * offY)), 1);
                ref float pixel = ref _coverage[(y * width) + x];
                pixel = Math.Max(pixel, covered);
            }
        }
    }

    private void Touch(PixelBox box) => Touched = Touched.IsEmpty
        ? box
        : new PixelBox(
            Math.Min(Touched.Left, box.Left),
            Math.Min(Touched.Top, box.Top),
            Math.Max(Touched.Right, box.Right),
            Math.Max(Touched.Bottom, box.Bottom));
}
