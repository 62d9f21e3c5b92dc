using TorchBoard.Drawing;
using TorchBoard.Figures;
using TorchBoard.Figures.Axes;
using TorchBoard.Imaging;

namespace TorchBoard.Panels;

/// <summary>A color bar beside panels that maps colors to values.</summary>
/// <param name="Colors">The colors, from the smallest value to the largest.</param>
/// <param name="Min">The value of the first color.</param>
/// <param name="Max">The value of the last color; greater than Min.</param>
/// <param name="Label">The label of the values.</param>
internal sealed record ScaleBar(ColorMap Colors, double Min, double Max, string Label)
{
    private const double PixelsATick = 40;
    private const int FewestTicks = 3;
    private const int MostTicks = 9;

    /// <summary>Returns the width of the bar beside panels of a height.</summary>
    public int WidthAt(int height, PanelTheme theme) =>
        theme.Gap + theme.Strip + theme.Tick + theme.Gap
        + (int)Math.Ceiling(theme.Text.WidestOf(Ticks(height, theme).Labels))
        + (Label.Length > 0 ? theme.Gap + (int)Math.Ceiling(theme.Text.LineHeight) : 0);

    /// <summary>Draws the bar at the right of a box.</summary>
    public void Draw(Canvas canvas, PixelBox beside, PanelTheme theme)
    {
        Axis axis = Ticks(beside.Height, theme);
        int left = beside.Right + theme.Gap;
        var strip = new PixelBox(left, beside.Top, left + theme.Strip, beside.Bottom);
        for (int y = strip.Top; y < strip.Bottom; y++)
        {
            // The first and the last row have the end colors.
            double share = (strip.Bottom - 1.0 - y) / Math.Max(strip.Height - 1, 1);
            canvas.Fill(
                strip with { Top = y, Bottom = y + 1 }, Colors[(int)Math.Round(share * (Colors.Count - 1))]);
        }

        Frame.Outline(
            canvas, PixelBox.Around(strip.Left, strip.Top, strip.Right, strip.Bottom, theme.Hair), theme.Hair,
            Theme.Frame);
        double start = strip.Right + theme.Tick + theme.Gap;
        for (int i = 0; i < axis.Ticks.Count; i++)
        {
            double at = strip.Bottom - (axis.Scale.Share(axis.Ticks[i]) * strip.Height);
            int hair = Frame.HairlineAt(at, theme.Hair);
            canvas.Fill(new PixelBox(strip.Right, hair, strip.Right + theme.Tick, hair + theme.Hair), Theme.Frame);
            theme.Text.Draw(canvas, axis.Labels[i], new(start, at), TextAnchor.Start, TextAnchor.Middle);
        }

        double labelAt = start + theme.Text.WidestOf(axis.Labels) + theme.Gap;
        theme.Text.Fitted(Label, strip.Height, out string label).Draw(
            canvas, label, new(labelAt, (strip.Top + strip.Bottom) / 2.0), TextAnchor.Middle, TextAnchor.End,
            angle: 90);
    }

    private Axis Ticks(int height, PanelTheme theme) => Axis.OfNumbers(
        new AxisScale(Min, Max, IsLogarithmic: false),
        (int)Math.Clamp(height / (PixelsATick * theme.Scale), FewestTicks, MostTicks));
}
