using TorchBoard.Drawing;
using ContourPoint = TorchBoard.Drawing.GlyphOutline.ContourPoint;

namespace TorchBoard.Tests.Drawing;

/// <summary>Measures outlines.</summary>
internal static class Shape
{
    /// <summary>The signed area of an outline, positive if counterclockwise, as in fontTools' AreaPen.</summary>
    public static double Area(GlyphOutline outline)
    {
        double area = 0;
        foreach (ContourPoint[] contour in outline.Contours)
        {
            List<ContourPoint> points = WithMiddles(contour);
            for (int i = 0; i < points.Count;)
            {
                ContourPoint from = points[i];
                ContourPoint next = points[(i + 1) % points.Count];
                ContourPoint to = next.OnCurve ? next : points[(i + 2) % points.Count];
                area += next.OnCurve
                    ? Cross(from, to) / 2
                    : ((2 * Cross(from, next)) + (2 * Cross(next, to)) + Cross(from, to)) / 6;
                i += next.OnCurve ? 1 : 2;
            }
        }

        return area;
    }

    /// <summary>The bounding box of all points, including control points.</summary>
    public static (double Left, double Bottom, double Right, double Top) Bounds(GlyphOutline outline)
    {
        ContourPoint[] points = [.. outline.Contours.SelectMany(contour => contour)];
        return (points.Min(p => p.X), points.Min(p => p.Y), points.Max(p => p.X), points.Max(p => p.Y));
    }

    private static double Cross(ContourPoint a, ContourPoint b) => (a.X * b.Y) - (a.Y * b.X);

    /// <summary>The points from the first one on the curve, including implied points.</summary>
    private static List<ContourPoint> WithMiddles(ContourPoint[] contour)
    {
        int first = Array.FindIndex(contour, point => point.OnCurve);
        Assert.That(first, Is.GreaterThanOrEqualTo(0));
        var points = new List<ContourPoint>();
        for (int i = 0; i < contour.Length; i++)
        {
            ContourPoint point = contour[(first + i) % contour.Length];
            if (!point.OnCurve && !points[^1].OnCurve)
                points.Add(new((points[^1].X + point.X) / 2, (points[^1].Y + point.Y) / 2, OnCurve: true));
            points.Add(point);
        }

        return points;
    }
}
