namespace TorchBoard.Drawing;

/// <summary>A canvas for anti-aliased shapes in solid colors on an RGB or RGBA picture.</summary>
internal sealed class Canvas
{
    private const int Rgb = 3;

    private readonly PolygonCoverage _polygons = new();
    private StrokeCoverage? _strokes;

    /// <summary>Creates a picture filled with one color.</summary>
    public Canvas(int width, int height, Color background)
        : this(new Raster(width, height, Rgb)) =>
        Fill(Bounds, background);

    /// <summary>Draws on an existing picture, which is modified.</summary>
    /// <param name="raster">The picture; 3 or 4 channels.</param>
    public Canvas(Raster raster)
    {
        Raster = raster;
        Clip = Bounds;
    }

    public Raster Raster { get; }

    public PixelBox Bounds => new(0, 0, Raster.Width, Raster.Height);

    /// <summary>The area that drawing is clipped to; initially the whole picture.</summary>
    public PixelBox Clip
    {
        get;
        set => field = value.Intersect(Bounds);
    }

    /// <summary>Fills whole pixels.</summary>
    public void Fill(PixelBox box, Color color, double opacity = 1)
    {
        box = box.Intersect(Clip);
        if (box.IsEmpty)
            return;
        if (opacity == 1)
        {
            FillOpaque(box, color);
            return;
        }

        for (int y = box.Top; y < box.Bottom; y++)
        {
            Span<byte> row = RowOf(box, y);
            for (int i = 0; i < row.Length; i += Channels)
                Blend(row.Slice(i, Channels), color, (float)opacity);
        }
    }

    /// <summary>Copies a picture onto the canvas, without alpha. The picture must fit on the canvas.</summary>
    public void Put(Raster picture, int left, int top)
    {
        Raster colored = picture.InColor();
        for (int y = 0; y < colored.Height; y++)
        {
            Span<byte> to = Raster.Row(top + y).Slice(left * Channels, colored.Width * Channels);
            ReadOnlySpan<byte> from = colored.Row(y);
            if (colored.Channels == Channels)
            {
                from.CopyTo(to);
                continue;
            }

            for (int x = 0; x < colored.Width; x++)
                from.Slice(x * colored.Channels, Rgb).CopyTo(to[(x * Channels)..]);
        }
    }

    public void Fill(VectorPath path, Color color, double opacity = 1)
    {
        if (path.Edges.Count == 0)
            return;
        PixelBox box = PixelBox.Around(path.Left, path.Top, path.Right, path.Bottom).Intersect(Clip);
        if (box.IsEmpty)
            return;
        _polygons.Measure(path, box);
        for (int y = box.Top; y < box.Bottom; y++)
            BlendRow(y, box.Left, _polygons.Row(y), color, opacity);
    }

    /// <summary>Draws a line through points, with round joins and ends.</summary>
    /// <param name="points">The points; a single point is drawn as a dot.</param>
    /// <param name="thickness">The width of the line in pixels; at least 1.</param>
    /// <param name="color">The color.</param>
    /// <param name="opacity">0 to 1.</param>
    public void Stroke(ReadOnlySpan<Point> points, double thickness, Color color, double opacity = 1)
    {
        for (int i = 0; i < points.Length; i++)
        {
            if (i > 0 || points.Length == 1)
                Strokes.Add(points[Math.Max(i - 1, 0)], points[i], thickness, Clip);
        }

        BlendStrokes(color, opacity);
    }

    /// <summary>Draws a dashed line.</summary>
    public void StrokeDashed(
        ReadOnlySpan<Point> points, double thickness, double dash, double gap, Color color, double opacity = 1)
    {
        double walked = 0;
        for (int i = 1; i < points.Length; i++)
        {
            (Point from, Point to) = (points[i - 1], points[i]);
            double length = Math.Sqrt(Square(to.X - from.X) + Square(to.Y - from.Y));
            for (double at = 0; at < length;)
            {
                double phase = (walked + at) % (dash + gap);
                double next = Math.Min(length, at + (phase < dash ? dash - phase : dash + gap - phase) + 1e-6);
                if (phase < dash)
                    Strokes.Add(Between(from, to, at / length), Between(from, to, next / length), thickness, Clip);
                at = next;
            }

            walked += length;
        }

        BlendStrokes(color, opacity);
    }

    public void FillCircle(Point center, double radius, Color color, double opacity = 1) =>
        Stroke([center], 2 * radius, color, opacity);

    private int Channels => Raster.Channels;

    // As large as the picture and not needed for text, so created on demand.
    private StrokeCoverage Strokes => _strokes ??= new StrokeCoverage(Raster.Width, Raster.Height);

    private static double Square(double value) => value * value;

    private static Point Between(Point from, Point to, double share) =>
        new(from.X + (share * (to.X - from.X)), from.Y + (share * (to.Y - from.Y)));

    private static void Blend(Span<byte> pixel, Color color, float share)
    {
        pixel[0] = Mixed(pixel[0], color.Red, share);
        pixel[1] = Mixed(pixel[1], color.Green, share);
        pixel[2] = Mixed(pixel[2], color.Blue, share);
    }

    private static byte Mixed(byte below, byte above, float share) => (byte)(below + ((above - below) * share) + 0.5f);

    private Span<byte> RowOf(PixelBox box, int y) => Raster.Row(y)[(box.Left * Channels)..(box.Right * Channels)];

    private void FillOpaque(PixelBox box, Color color)
    {
        Span<byte> first = RowOf(box, box.Top);
        for (int i = 0; i < first.Length; i += Channels)
            (first[i], first[i + 1], first[i + 2]) = (color.Red, color.Green, color.Blue);
        for (int y = box.Top + 1; y < box.Bottom; y++)
            first.CopyTo(RowOf(box, y));
    }

    private void BlendStrokes(Color color, double opacity)
    {
        PixelBox box = Strokes.Touched;
        for (int y = box.Top; y < box.Bottom; y++)
            BlendRow(y, box.Left, Strokes.Row(y), color, opacity);
        Strokes.Clear();
    }

    private void BlendRow(int y, int left, ReadOnlySpan<float> coverage, Color color, double opacity)
    {
        Span<byte> row = Raster.Row(y)[(left * Channels)..];
        for (int x = 0; x < coverage.Length; x++)
        {
            // Most pixels around a line are empty.
            if (coverage[x] == 0)
            {
                int empty = coverage[x..].IndexOfAnyExcept(0);
                if (empty < 0)
                    return;
                x += empty;
            }

            Blend(row.Slice(x * Channels, Channels), color, coverage[x] * (float)opacity);
        }
    }
}
