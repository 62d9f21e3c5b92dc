using TorchBoard.Drawing;
using TorchBoard.Figures.Axes;
using TorchBoard.Figures.Marks;

namespace TorchBoard.Figures;

/// <summary>The strip beside a plot that maps colors to values.</summary>
internal sealed class ColorBar
{
    private const int PixelsATick = 45;

    private readonly ColorScale _colors;
    private readonly Theme _theme;
    private readonly Axis _axis;

    public ColorBar(ColorScale colors, Theme theme, int height)
    {
        _colors = colors;
        _theme = theme;
        _axis = Axis.OfNumbers(
            new AxisScale(colors.Range.Min, colors.Range.Max, false),
            Math.Clamp(height / (PixelsATick * theme.Scale), 3, 9));
        if (colors.Ends is { } ends)
            _axis = _axis with { Ticks = [colors.Range.Min, colors.Range.Max], Labels = [ends.Low, ends.High] };
    }

    /// <summary>The width right of the plot in pixels, including the gap between them.</summary>
    public int Width => Gap + Strip + _theme.Tick + _theme.Gap
        + (int)Math.Ceiling(_theme.TickText.WidestOf(_axis.Labels))
        + (_colors.Label.Length > 0 ? _theme.Gap + (int)Math.Ceiling(_theme.LabelText.LineHeight) : 0);

    private int Gap => 14 * _theme.Scale;

    private int Strip => 14 * _theme.Scale;

    /// <summary>Draws the color bar at the right of a plot.</summary>
    public void Draw(Canvas canvas, PixelBox plot)
    {
        var strip = new PixelBox(plot.Right + Gap, plot.Top, plot.Right + Gap + Strip, plot.Bottom);
        for (int y = strip.Top; y < strip.Bottom; y++)
        {
            double share = (strip.Bottom - y - 0.5) / strip.Height;
            canvas.Fill(strip with { Top = y, Bottom = y + 1 }, _colors.ColorAt(share));
        }

        double start = strip.Right + _theme.Tick + _theme.Gap;
        for (int i = 0; i < _axis.Ticks.Count; i++)
        {
            double at = strip.Bottom - (_axis.Scale.Share(_axis.Ticks[i]) * strip.Height);
            int hair = Frame.HairlineAt(at, _theme.Scale);
            canvas.Fill(new PixelBox(strip.Right, hair, strip.Right + _theme.Tick, hair + _theme.Scale), Theme.Frame);
            _theme.TickText.Draw(canvas, _axis.Labels[i], new(start, at), TextAnchor.Start, TextAnchor.Middle);
        }

        if (_colors.Label.Length == 0)
            return;
        double labelAt = start + _theme.TickText.WidestOf(_axis.Labels) + _theme.Gap;
        string label = _theme.LabelText.Shorten(_colors.Label, strip.Height);
        _theme.LabelText.Draw(
            canvas, label, new(labelAt, (strip.Top + strip.Bottom) / 2.0),
            TextAnchor.Middle, TextAnchor.End, angle: 90);
    }
}
