using TorchBoard.Drawing;

namespace TorchBoard.Figures.Axes;

/// <summary>The labels of the horizontal axis, rotated, shortened and thinned out to avoid overlap.</summary>
internal sealed class TickLabels
{
    /// <summary>Maximum share of the figure's height for rotated labels.</summary>
    private const double MostHeight = 0.35;

    private const int Slanted = 45;
    private const int Upright = 90;

    private readonly Theme _theme;
    private readonly string[] _texts;
    private readonly int _angle;
    private readonly int _stride;

    /// <param name="axis">The axis.</param>
    /// <param name="plotWidth">The length of the axis in pixels.</param>
    /// <param name="figureHeight">The height of the figure in pixels.</param>
    /// <param name="theme">Sizes and colors.</param>
    public TickLabels(Axis axis, int plotWidth, int figureHeight, Theme theme)
    {
        _theme = theme;
        TextStyle style = theme.TickText;
        double room = plotWidth / Math.Max(axis.Labels.Count, 1.0);
        double widest = style.WidestOf(axis.Labels);
        if (!axis.IsCategorical)
        {
            _stride = FewestApart(axis, plotWidth, style);
            _texts = [.. axis.Labels];
        }
        else if (widest + theme.Gap <= room)
        {
            _stride = 1;
            _texts = [.. axis.Labels];
        }
        else
        {
            // Lines of text at 45° need a distance of √2 times their height.
            _angle = room >= Math.Sqrt(2) * style.LineHeight ? Slanted : Upright;
            _stride = Math.Max(1, (int)Math.Ceiling(style.LineHeight / room));
            double most = MostHeight * figureHeight / Math.Sin(_angle * Math.PI / 180);
            _texts = [.. axis.Labels.Select(label => style.Shorten(label, most))];
        }
    }

    /// <summary>The height of the labels below the axis in pixels.</summary>
    public int Height => (int)Math.Ceiling(_angle switch
    {
        0 => _theme.TickText.CapitalHeight,
        Upright => Widest,
        _ => (Widest + _theme.TickText.CapitalHeight) * Math.Sqrt(0.5),
    });

    /// <summary>How far the first label extends to the left of its tick.</summary>
    public double FirstReach => _texts.Length == 0 ? 0 : _angle switch
    {
        0 => _theme.TickText.WidthOf(_texts[0]) / 2,
        Upright => _theme.TickText.CapitalHeight / 2,
        _ => _theme.TickText.WidthOf(_texts[0]) * Math.Sqrt(0.5),
    };

    /// <summary>How far the last label extends to the right of its tick.</summary>
    public double LastReach =>
        _texts.Length == 0 || _angle != 0 ? 0 : _theme.TickText.WidthOf(_texts[^1]) / 2;

    private double Widest => _theme.TickText.WidestOf(_texts);

    public bool Has(int tick) => tick % _stride == 0;

    public void Draw(Canvas canvas, int tick, Point below)
    {
        if (!Has(tick))
            return;
        (TextAnchor along, TextAnchor across) = _angle switch
        {
            0 => (TextAnchor.Middle, TextAnchor.End),
            Upright => (TextAnchor.End, TextAnchor.Middle),
            _ => (TextAnchor.End, TextAnchor.End),
        };
        if (_angle == Slanted)
            below = below with { X = below.X - (_theme.TickText.CapitalHeight * 0.2) };
        _theme.TickText.Draw(canvas, _texts[tick], below, along, across, _angle);
    }

    private static int FewestApart(Axis axis, int plotWidth, TextStyle style)
    {
        for (int stride = 1; stride < axis.Labels.Count; stride++)
        {
            bool fits = true;
            for (int i = stride; i < axis.Labels.Count && fits; i += stride)
            {
                double apart = (axis.Scale.Share(axis.Ticks[i]) - axis.Scale.Share(axis.Ticks[i - stride])) * plotWidth;
                double both = style.WidthOf(axis.Labels[i]) + style.WidthOf(axis.Labels[i - stride]);
                double wanted = (both + style.Size) / 2;
                fits = apart >= wanted;
            }

            if (fits)
                return stride;
        }

        return Math.Max(axis.Labels.Count, 1);
    }
}
