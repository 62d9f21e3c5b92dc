using ContourPoint = TorchBoard.Drawing.GlyphOutline.ContourPoint;

namespace TorchBoard.Drawing.Fonts;

/// <summary>Converts PostScript lines and cubic curves to TrueType points.</summary>
internal sealed class CffPath
{
    /// <summary>The maximum distance of the quadratic curves from the cubic curve in font units.</summary>
    private const double Closeness = 0.25;

    private const int MostParts = 8;

    private readonly List<ContourPoint[]> _contours = [];
    private readonly List<ContourPoint> _contour = [];
    private (double X, double Y) _pen;

    public void MoveBy(double x, double y)
    {
        Close();
        _pen = (_pen.X + x, _pen.Y + y);
        _contour.Add(new(_pen.X, _pen.Y, OnCurve: true));
    }

    public void LineBy(double x, double y)
    {
        _pen = (_pen.X + x, _pen.Y + y);
        _contour.Add(new(_pen.X, _pen.Y, OnCurve: true));
    }

    /// <summary>Adds a cubic curve. Each pair of coordinates is relative to the previous point.</summary>
    public void CurveBy(double x1, double y1, double x2, double y2, double x3, double y3)
    {
        (double X, double Y) a = _pen;
        (double X, double Y) b = (a.X + x1, a.Y + y1);
        (double X, double Y) c = (b.X + x2, b.Y + y2);
        (double X, double Y) d = (c.X + x3, c.Y + y3);

        // A cubic curve deviates from its best quadratic curve by at most √3/36 of the third difference; divided by n³
        // if it is split into n parts.
        double third = Math.Sqrt(
            Square(d.X - (3 * c.X) + (3 * b.X) - a.X) + Square(d.Y - (3 * c.Y) + (3 * b.Y) - a.Y));
        double parts = Math.Ceiling(Math.Cbrt(Math.Sqrt(3) / 36 * third / Closeness));
        int count = (int)Math.Clamp(parts, 1, MostParts);
        for (int i = 0; i < count; i++)
        {
            (double t, double next) = ((double)i / count, (i + 1.0) / count);
            double x = i == count - 1 ? d.X : At(a.X, b.X, c.X, d.X, next);
            double y = i == count - 1 ? d.Y : At(a.Y, b.Y, c.Y, d.Y, next);
            _contour.Add(new(
                Control(a.X, b.X, c.X, d.X, t, next), Control(a.Y, b.Y, c.Y, d.Y, t, next), OnCurve: false));
            _contour.Add(new(x, y, OnCurve: true));
        }

        _pen = d;
    }

    public GlyphOutline Outline()
    {
        Close();
        return _contours.Count == 0 ? GlyphOutline.Empty : new GlyphOutline(_contours);
    }

    private static double Square(double value) => value * value;

    private static double At(double a, double b, double c, double d, double t)
    {
        double s = 1 - t;
        return (s * s * s * a) + (3 * s * s * t * b) + (3 * s * t * t * c) + (t * t * t * d);
    }

    private static double Slope(double a, double b, double c, double d, double t)
    {
        double s = 1 - t;
        return 3 * ((s * s * (b - a)) + (2 * s * t * (c - b)) + (t * t * (d - c)));
    }

    /// <summary>Returns the control point of the quadratic curve for a part of a cubic curve.</summary>
    private static double Control(double a, double b, double c, double d, double from, double to) =>
        ((At(a, b, c, d, from) + At(a, b, c, d, to)) / 2)
        + ((Slope(a, b, c, d, from) - Slope(a, b, c, d, to)) * (to - from) / 4);

    private void Close()
    {
        if (_contour.Count > 1)
            _contours.Add([.. _contour]);
        _contour.Clear();
    }
}
