using TorchBoard.Drawing;
using TorchBoard.Figures.Axes;

namespace TorchBoard.Figures;

/// <summary>The area inside the axes, on which marks are drawn.</summary>
/// <param name="Canvas">What is drawn on.</param>
/// <param name="Theme">Sizes and colors.</param>
/// <param name="Area">The pixels between the axes.</param>
/// <param name="X">The scale from left to right.</param>
/// <param name="Y">The scale from bottom to top.</param>
/// <param name="IsYDown">Whether it goes from top to bottom instead, as rows of tables do.</param>
/// <param name="BarSlots">How many bars stand side by side at a name.</param>
internal sealed record Plot(
    Canvas Canvas, Theme Theme, PixelBox Area, AxisScale X, AxisScale Y, bool IsYDown, int BarSlots)
{
    /// <summary>Further out nothing is seen, and lines to there point the same way.</summary>
    private const double FarOut = 1e5;

    public Point At(double x, double y) => new(Across(x), Down(y));

    /// <summary>Where a value stands, in pixels from the left.</summary>
    public double Across(double x) => Bounded(Area.Left + (X.Share(x) * Area.Width));

    /// <summary>Where a value stands, in pixels from the top.</summary>
    public double Down(double y)
    {
        double share = Y.Share(y);
        return Bounded(Area.Top + ((IsYDown ? share : 1 - share) * Area.Height));
    }

    /// <summary>Whether a point has a place in the plot.</summary>
    public bool Shows(double x, double y) => X.Shows(x) && Y.Shows(y);

    /// <summary>Whole pixels between two places across and two down, at least one each way.</summary>
    public static PixelBox Cell(double left, double right, double top, double bottom)
    {
        (int from, int end) = Whole(left, right);
        (int above, int below) = Whole(top, bottom);
        return new PixelBox(from, above, end, below);
    }

    private static (int From, int End) Whole(double a, double b)
    {
        int from = (int)Math.Round(Math.Min(a, b));
        int end = (int)Math.Round(Math.Max(a, b));
        return (from, Math.Max(end, from + 1));
    }

    private static double Bounded(double pixels) => Math.Clamp(pixels, -FarOut, FarOut);
}
