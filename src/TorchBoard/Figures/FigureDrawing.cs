using TorchBoard.Drawing;
using TorchBoard.Figures.Marks;

namespace TorchBoard.Figures;

/// <summary>Draws figures.</summary>
internal static class FigureDrawing
{
    private const double WidestLegend = 0.45;

    /// <summary>A legend with a larger share of the figure would hide marks in any corner.</summary>
    private const double LargestInside = 0.2;

    public static Raster Draw(FigureContent content, int width, int height, int scale)
    {
        var canvas = new Canvas(width * scale, height * scale, Theme.Background);
        Draw(content, canvas, canvas.Bounds, new Theme(scale));
        return canvas.Raster;
    }

    private static void Draw(FigureContent content, Canvas canvas, PixelBox box, Theme theme)
    {
        if (content.Cells.Count > 0)
            DrawCells(content, canvas, box, theme);
        else
            DrawOne(content, canvas, box, theme);
    }

    private static void DrawCells(FigureContent content, Canvas canvas, PixelBox box, Theme theme)
    {
        if (content.Title.Length > 0)
        {
            string title = theme.TitleText.Shorten(content.Title, box.Width - (2 * theme.Padding));
            double top = box.Top + theme.Padding;
            theme.TitleText.Draw(
                canvas, title, new((box.Left + box.Right) / 2.0, top), TextAnchor.Middle, TextAnchor.End);
            box = box with { Top = (int)Math.Ceiling(top + theme.TitleText.CapitalHeight + theme.Gap) };
        }

        int rows = (content.Cells.Count + content.Columns - 1) / content.Columns;
        for (int i = 0; i < content.Cells.Count; i++)
        {
            (int row, int column) = Math.DivRem(i, content.Columns);
            var cell = new PixelBox(
                box.Left + (box.Width * column / content.Columns),
                box.Top + (box.Height * row / rows),
                box.Left + (box.Width * (column + 1) / content.Columns),
                box.Top + (box.Height * (row + 1) / rows));
            canvas.Clip = cell;
            Draw(content.Cells[i], canvas, cell, theme);
        }
    }

    private static void DrawOne(FigureContent content, Canvas canvas, PixelBox box, Theme theme)
    {
        var legend = new Legend(
            content.Marks, (int)(box.Width * WidestLegend), box.Height - (2 * theme.Padding), theme);
        FigureLegend position = legend.IsEmpty ? FigureLegend.None : content.Legend;
        double share = (double)legend.Width * legend.Height / ((double)box.Width * box.Height);
        if (position == FigureLegend.Auto && share > LargestInside)
            position = FigureLegend.Outside;
        int outside = position == FigureLegend.Outside ? legend.Width + (2 * theme.Gap) : 0;
        FigureLayout layout = DrawPlot(content, canvas, box, theme, outside);
        if (position == FigureLegend.None)
            return;

        PixelBox? place = position == FigureLegend.Auto
            ? legend.FreePlace(canvas.Raster, layout.Area)
            : legend.Place(WithColorBar(layout), position);
        if (place is null)
        {
            canvas.Fill(box, Theme.Background);
            layout = DrawPlot(content, canvas, box, theme, legend.Width + (2 * theme.Gap));
            place = legend.Place(WithColorBar(layout), FigureLegend.Outside);
        }

        legend.Draw(canvas, place.Value);
    }

    private static PixelBox WithColorBar(FigureLayout layout) =>
        layout.Area with { Right = layout.Area.Right + (layout.ColorBar?.Width ?? 0) };

    private static FigureLayout DrawPlot(
        FigureContent content, Canvas canvas, PixelBox box, Theme theme, int roomAtRight)
    {
        var layout = new FigureLayout(content, box, theme, roomAtRight);
        int slots = content.Marks.OfType<BarMark>().Select(bar => bar.Slot + 1).DefaultIfEmpty(1).Max();
        var plot = new Plot(canvas, theme, layout.Area, layout.X.Scale, layout.Y.Scale, content.IsYDown, slots);
        var frame = new Frame(content, layout, box, canvas, theme);
        frame.DrawBehind(plot);

        // Extends the clip area so that lines along the edge of the plot are not cut in half.
        PixelBox whole = canvas.Clip;
        int edge = content.Heatmap is null ? (int)theme.LineWidth : 0;
        PixelBox area = layout.Area;
        canvas.Clip = PixelBox.Around(area.Left, area.Top, area.Right, area.Bottom, edge).Intersect(whole);
        foreach (Mark mark in content.Marks)
            mark.Draw(plot);
        canvas.Clip = whole;

        frame.DrawAround(plot);
        layout.ColorBar?.Draw(canvas, layout.Area);
        return layout;
    }
}
