using TorchBoard.Drawing;
using TorchBoard.Figures.Axes;

namespace TorchBoard.Figures;

/// <summary>The area inside the axes where marks are drawn.</summary>
/// <param name="Canvas">The canvas to draw on.</param>
/// <param name="Theme">Sizes and colors.</param>
/// <param name="Area">The pixels between the axes.</param>
/// <param name="X">The scale from left to right.</param>
/// <param name="Y">The scale from bottom to top.</param>
/// <param name="IsYDown">Whether the vertical scale goes from top to bottom instead, as for tables.</param>
/// <param name="BarSlots">Number of bars side by side at each name.</param>
internal sealed record Plot(
    Canvas Canvas, Theme Theme, PixelBox Area, AxisScale X, AxisScale Y, bool IsYDown, int BarSlots)
{
    /// <summary>Positions are clamped to this distance, where nothing is visible.</summary>
    private const double FarOut = 1e5;

    public Point At(double x, double y) => new(Across(x), Down(y));

    /// <summary>Returns the position of a value in pixels from the left.</summary>
    public double Across(double x) => Bounded(Area.Left + (X.Share(x) * Area.Width));

    /// <summary>Returns the position of a value in pixels from the top.</summary>
    public double Down(double y)
    {
        double share = Y.Share(y);
        return Bounded(Area.Top + ((IsYDown ? share : 1 - share) * Area.Height));
    }

    /// <summary>Returns whether both axes can show a point.</summary>
    public bool Shows(double x, double y) => X.Shows(x) && Y.Shows(y);

    /// <summary>Returns the whole pixels between positions, at least one in each direction.</summary>
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
