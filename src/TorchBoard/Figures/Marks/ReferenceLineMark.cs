using TorchBoard.Drawing;
using TorchBoard.Figures.Axes;

namespace TorchBoard.Figures.Marks;

/// <summary>A dashed line across the plot at one value.</summary>
internal sealed class ReferenceLineMark(double value, bool vertical) : Mark
{
    public override long Size => sizeof(double);

    public override void Extend(DataRange x, DataRange y) => (vertical ? x : y).Include(value);

    public override void Draw(Plot plot)
    {
        PixelBox area = plot.Area;
        if (!(vertical ? plot.X : plot.Y).Shows(value))
            return;
        double at = vertical ? plot.Across(value) : plot.Down(value);
        Stroke(
            plot.Canvas,
            vertical ? [new(at, area.Bottom), new(at, area.Top)] : [new(area.Left, at), new(area.Right, at)],
            plot.Theme);
    }

    public override void DrawKey(Canvas canvas, PixelBox box, Theme theme)
    {
        double middle = (box.Top + box.Bottom) / 2.0;
        Stroke(canvas, [new(box.Left, middle), new(box.Right, middle)], theme);
    }

    private void Stroke(Canvas canvas, Point[] points, Theme theme) =>
        canvas.StrokeDashed(points, 1.5 * theme.Scale, 5 * theme.Scale, 4 * theme.Scale, Color);
}
