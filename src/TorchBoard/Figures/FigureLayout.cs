using TorchBoard.Drawing;
using TorchBoard.Figures.Axes;
using TorchBoard.Figures.Marks;

namespace TorchBoard.Figures;

/// <summary>The positions of a figure's parts. The margins fit the text in them.</summary>
internal sealed class FigureLayout
{
    /// <summary>Maximum share of the figure's width for names on the left.</summary>
    private const double MostLeft = 0.4;

    private readonly FigureContent _content;
    private readonly PixelBox _box;
    private readonly Theme _theme;
    private readonly (AxisScale X, AxisScale Y) _scales;

    /// <param name="content">The figure.</param>
    /// <param name="box">The pixels available to the figure.</param>
    /// <param name="theme">Sizes and colors.</param>
    /// <param name="roomAtRight">Pixels reserved for a legend outside the plot.</param>
    public FigureLayout(FigureContent content, PixelBox box, Theme theme, int roomAtRight)
    {
        (_content, _box, _theme) = (content, box, theme);
        _scales = content.Scales();

        // The number of ticks depends on the size of the plot, which depends on the width of their labels.
        Area = box;
        for (int pass = 0; pass < 2; pass++)
            Arrange(roomAtRight);
        if (content.Heatmap is { SquareCells: true } heatmap)
            MakeSquare(heatmap);
    }

    /// <summary>The pixels between the axes.</summary>
    public PixelBox Area { get; private set; }

    public Axis X { get; private set; } = null!;

    public Axis Y { get; private set; } = null!;

    public TickLabels XLabels { get; private set; } = null!;

    /// <summary>The labels of the vertical axis, shortened if too long.</summary>
    public string[] YLabels { get; private set; } = [];

    /// <summary>The color bar beside a plot; null if there is none.</summary>
    public ColorBar? ColorBar { get; private set; }

    public double YLabelWidth => _theme.TickText.WidestOf(YLabels);

    /// <summary>The stride at which ticks of the vertical axis have room for a label.</summary>
    public int YStride => Y.IsCategorical
        ? Math.Max(1, (int)Math.Ceiling(_theme.TickText.LineHeight * Math.Max(YLabels.Length, 1) / Area.Height))
        : 1;

    private void Arrange(int roomAtRight)
    {
        X = AxisOf(_content.XNames, _scales.X, Math.Clamp(Area.Width / (65 * _theme.Scale), 3, 11), _content.IsTable);
        Y = AxisOf(_content.YNames, _scales.Y, Math.Clamp(Area.Height / (45 * _theme.Scale), 3, 11), _content.IsTable || _content.CountsY);
        YLabels = [.. Y.Labels.Select(label => _theme.TickText.Shorten(label, MostLeft * _box.Width))];
        ColorBar = _content.Colors is { } colors ? new ColorBar(colors, _theme, Area.Height) : null;

        int line = (int)Math.Ceiling(_theme.LabelText.LineHeight);
        int top = _box.Top + _theme.Padding + (_content.Title.Length > 0
            ? (int)Math.Ceiling(_theme.TitleText.CapitalHeight) + (2 * _theme.Gap)
            : (int)Math.Ceiling(_theme.TickText.CapitalHeight / 2));
        int left = _box.Left + _theme.Padding + _theme.Tick + _theme.Gap + (int)Math.Ceiling(YLabelWidth)
            + (_content.YLabel.Length > 0 ? line + _theme.Gap : 0);
        int right = _box.Right - _theme.Padding - roomAtRight - (ColorBar?.Width ?? 0);
        XLabels = new TickLabels(X, right - left, _box.Height, _theme);
        int bottom = _box.Bottom - _theme.Padding - _theme.Tick - _theme.Gap - XLabels.Height
            - (_content.XLabel.Length > 0 ? line + _theme.Gap : 0);

        if (X.Ticks.Count > 0)
        {
            double first = X.Scale.Share(X.Ticks[0]) * (right - left);
            double last = (1 - X.Scale.Share(X.Ticks[^1])) * (right - left);
            left += Overhang(XLabels.FirstReach - first - (left - _box.Left - _theme.Padding));
            if (ColorBar is null)
                right -= Overhang(XLabels.LastReach - last - (_theme.Padding / 2.0));
        }

        Area = new PixelBox(left, top, Math.Max(right, left + 1), Math.Max(bottom, top + 1));
    }

    private static int Overhang(double pixels) => (int)Math.Ceiling(Math.Max(pixels, 0));

    private static Axis AxisOf(IReadOnlyList<string>? names, AxisScale scale, int mostTicks, bool areWhole) =>
        names is null ? Axis.OfNumbers(scale, mostTicks, areWhole) : Axis.OfNames(names);

    private void MakeSquare(HeatmapMark heatmap)
    {
        PixelBox room = Area;
        int labels = XLabels.Height;
        while (true)
        {
            double side = Math.Min((double)room.Width / heatmap.Columns, (double)room.Height / heatmap.Rows);
            int width = Math.Max(1, (int)(side * heatmap.Columns));
            int height = Math.Max(1, (int)(side * heatmap.Rows));
            int left = room.Left + ((room.Width - width) / 2);
            int top = room.Top + ((room.Height - height) / 2);
            Area = new PixelBox(left, top, left + width, top + height);
            XLabels = new TickLabels(X, width, _box.Height, _theme);
            if (XLabels.Height <= labels)
                return;

            // Names that a narrower table rotates extend farther down and leave less room.
            room = room with { Bottom = Math.Max(room.Bottom - (XLabels.Height - labels), room.Top + 1) };
            labels = XLabels.Height;
        }
    }
}
