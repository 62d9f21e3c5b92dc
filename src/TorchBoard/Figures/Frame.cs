using TorchBoard.Drawing;
using TorchBoard.Figures.Marks;

namespace TorchBoard.Figures;

/// <summary>Draws the parts around and behind a plot: grid, axes, ticks, labels and title.</summary>
internal sealed class Frame(FigureContent content, FigureLayout layout, PixelBox box, Canvas canvas, Theme theme)
{
    private readonly PixelBox _area = layout.Area;

    /// <summary>Returns the first pixel of a thin line centered at a position.</summary>
    public static int HairlineAt(double at, int thickness) => (int)Math.Floor(at - (thickness / 2.0) + 0.5);

    /// <summary>Draws the outline of a box, inside it.</summary>
    public static void Outline(Canvas canvas, PixelBox box, int thickness, Color color)
    {
        canvas.Fill(box with { Bottom = box.Top + thickness }, color);
        canvas.Fill(box with { Top = box.Bottom - thickness }, color);
        canvas.Fill(box with { Right = box.Left + thickness }, color);
        canvas.Fill(box with { Left = box.Right - thickness }, color);
    }

    /// <summary>Draws the parts behind the marks.</summary>
    public void DrawBehind(Plot plot)
    {
        if (!content.Grid || content.Heatmap is not null)
            return;
        if (!layout.X.IsCategorical)
        {
            foreach (double tick in layout.X.Ticks)
                Upright(plot.Across(tick), _area.Top, _area.Bottom, Theme.Grid);
        }

        if (!layout.Y.IsCategorical)
        {
            foreach (double tick in layout.Y.Ticks)
                Level(plot.Down(tick), _area.Left, _area.Right, Theme.Grid);
        }
    }

    /// <summary>Draws the parts in front of and around the marks.</summary>
    public void DrawAround(Plot plot)
    {
        int hair = theme.Scale;
        if (content.Heatmap is not null)
        {
            var around = new PixelBox(_area.Left - hair, _area.Top - hair, _area.Right + hair, _area.Bottom + hair);
            Outline(canvas, around, hair, Theme.Frame);
        }
        else if (content.HasFrame)
        {
            canvas.Fill(new PixelBox(_area.Left - hair, _area.Top, _area.Left, _area.Bottom + hair), Theme.Frame);
            canvas.Fill(new PixelBox(_area.Left, _area.Bottom, _area.Right, _area.Bottom + hair), Theme.Frame);
            DrawZero(plot);
        }

        DrawX(plot);
        DrawY(plot);
        DrawTitles();
    }

    /// <summary>Draws the zero line of bars that extend to both sides.</summary>
    private void DrawZero(Plot plot)
    {
        if (!content.Marks.OfType<BarMark>().Any())
            return;
        if (layout.X.IsCategorical && plot.Y is { IsLogarithmic: false, Min: < 0, Max: > 0 })
            Level(plot.Down(0), _area.Left, _area.Right, Theme.Frame);
        if (layout.Y.IsCategorical && plot.X is { IsLogarithmic: false, Min: < 0, Max: > 0 })
            Upright(plot.Across(0), _area.Top, _area.Bottom, Theme.Frame);
    }

    private void DrawX(Plot plot)
    {
        for (int i = 0; i < layout.X.Ticks.Count; i++)
        {
            double at = plot.Across(layout.X.Ticks[i]);
            if (!layout.X.IsCategorical || layout.XLabels.Has(i))
                Upright(at, _area.Bottom, _area.Bottom + theme.Tick, Theme.Frame);
            layout.XLabels.Draw(canvas, i, new Point(at, _area.Bottom + theme.Tick + theme.Gap));
        }

        foreach (double tick in layout.X.MinorTicks)
            Upright(plot.Across(tick), _area.Bottom, _area.Bottom + (theme.Tick / 2), Theme.Frame);
    }

    private void DrawY(Plot plot)
    {
        int stride = layout.YStride;
        for (int i = 0; i < layout.Y.Ticks.Count; i += stride)
        {
            double at = plot.Down(layout.Y.Ticks[i]);
            Level(at, _area.Left - theme.Tick, _area.Left, Theme.Frame);
            theme.TickText.Draw(
                canvas, layout.YLabels[i], new(_area.Left - theme.Tick - theme.Gap, at),
                TextAnchor.End, TextAnchor.Middle);
        }

        foreach (double tick in layout.Y.MinorTicks)
            Level(plot.Down(tick), _area.Left - (theme.Tick / 2), _area.Left, Theme.Frame);
    }

    private void DrawTitles()
    {
        double middle = (_area.Left + _area.Right) / 2.0;
        double beside = _area.Left - theme.Tick - theme.Gap;
        TextStyle style = theme.LabelText;
        if (content.XLabel.Length > 0)
        {
            double below = _area.Bottom + theme.Tick + (2.5 * theme.Gap) + layout.XLabels.Height;
            Level(style, content.XLabel, middle, below);
        }

        if (content.YLabel.Length > 0)
        {
            string label = style.Shorten(content.YLabel, box.Height - (2 * theme.Padding));
            double half = style.WidthOf(label) / 2;
            double at = Between((_area.Top + _area.Bottom) / 2.0, box.Top + half, box.Bottom - half);
            double left = beside - layout.YLabelWidth - (1.5 * theme.Gap);
            style.Draw(canvas, label, new(left, at), TextAnchor.Middle, TextAnchor.Start, angle: 90);
        }

        if (content.Title.Length > 0)
            Level(theme.TitleText, content.Title, middle, _area.Top - (2 * theme.Gap) - theme.TitleText.CapitalHeight);
    }

    /// <summary>Draws a line of text centered on the plot, or as near as it fits.</summary>
    private void Level(TextStyle style, string text, double middle, double top)
    {
        text = style.Shorten(text, box.Width - (2 * theme.Padding));
        double half = (style.WidthOf(text) / 2) + theme.Padding;
        style.Draw(
            canvas, text, new(Between(middle, box.Left + half, box.Right - half), top),
            TextAnchor.Middle, TextAnchor.End);
    }

    private static double Between(double value, double least, double most) =>
        least < most ? Math.Clamp(value, least, most) : (least + most) / 2;

    private void Level(double at, int left, int right, Color color)
    {
        int top = HairlineAt(at, theme.Scale);
        canvas.Fill(new PixelBox(left, top, right, top + theme.Scale), color);
    }

    private void Upright(double at, int top, int bottom, Color color)
    {
        int left = HairlineAt(at, theme.Scale);
        canvas.Fill(new PixelBox(left, top, left + theme.Scale, bottom), color);
    }
}
