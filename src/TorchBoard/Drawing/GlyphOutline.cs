namespace TorchBoard.Drawing;

/// <summary>The outline of a glyph in font units, y up: closed contours of TrueType points.</summary>
internal sealed class GlyphOutline(IReadOnlyList<GlyphOutline.ContourPoint[]> contours)
{
    public static GlyphOutline Empty { get; } = new([]);

    public IReadOnlyList<ContourPoint[]> Contours => contours;

    /// <summary>Adds the outline to a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="place">Converts font units to canvas positions.</param>
    public void AddTo(VectorPath path, Func<double, double, Point> place)
    {
        foreach (ContourPoint[] contour in contours)
            AddContour(path, contour, place);
    }

    /// <summary>
    /// Points on the curve are joined by straight lines. A point off the curve is a control point. Between two control
    /// points, their midpoint is an implied point on the curve.
    /// </summary>
    private static void AddContour(VectorPath path, ContourPoint[] contour, Func<double, double, Point> place)
    {
        int count = contour.Length;
        int first = Array.FindIndex(contour, point => point.OnCurve);
        ContourPoint start = first >= 0 ? contour[first] : Middle(contour[^1], contour[0]);
        path.MoveTo(At(start));
        ContourPoint? control = null;
        int begin = first >= 0 ? first + 1 : 0;
        for (int i = 0; i < (first >= 0 ? count - 1 : count); i++)
        {
            ContourPoint point = contour[(begin + i) % count];
            if (control is { } bend)
                path.CurveTo(At(bend), At(point.OnCurve ? point : Middle(bend, point)));
            else if (point.OnCurve)
                path.LineTo(At(point));
            control = point.OnCurve ? null : point;
        }

        if (control is { } last)
            path.CurveTo(At(last), At(start));
        else
            path.Close();

        Point At(ContourPoint point) => place(point.X, point.Y);
    }

    private static ContourPoint Middle(ContourPoint a, ContourPoint b) =>
        new((a.X + b.X) / 2, (a.Y + b.Y) / 2, OnCurve: true);

    internal readonly record struct ContourPoint(double X, double Y, bool OnCurve);
}
