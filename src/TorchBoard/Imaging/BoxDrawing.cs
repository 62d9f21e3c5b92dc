using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

/// <summary>Draws labeled boxes on pictures.</summary>
internal static class BoxDrawing
{
    /// <summary>The text size for lines one pixel thick: capitals are eight pixels high.</summary>
    private const double LabelSize = 11;

    /// <summary>How far letters such as g extend below the baseline.</summary>
    private const int Descent = 3;

    private const int LabelPadding = 2;

    public static void ThrowIfInvalid(ReadOnlySpan<BoundingBox> boxes)
    {
        for (int i = 0; i < boxes.Length; i++)
        {
            BoundingBox box = boxes[i];
            bool finite = float.IsFinite(box.Left) && float.IsFinite(box.Top)
                && float.IsFinite(box.Right) && float.IsFinite(box.Bottom);
            if (!finite || box.Right < box.Left || box.Bottom < box.Top)
            {
                string edges = FormattableString.Invariant($"{box.Left}, {box.Top}, {box.Right}, {box.Bottom}");
                throw new ArgumentException(
                    $"The edges of a box must be finite, with left ≤ right and top ≤ bottom; box {i} is [{edges}].",
                    nameof(boxes));
            }
        }
    }

    /// <summary>Draws on the picture itself, or on a color copy if the picture is gray.</summary>
    public static Raster Draw(Raster picture, ReadOnlySpan<BoundingBox> boxes)
    {
        var canvas = new Canvas(picture.InColor());

        // Thin lines vanish on large pictures.
        int thickness = Math.Clamp(Math.Min(canvas.Raster.Width, canvas.Raster.Height) / 256, 1, 8);
        var colors = new Dictionary<string, Color>(StringComparer.Ordinal);
        foreach (BoundingBox box in boxes)
        {
            Color color = box.Color ?? ColorOf(box.Label ?? "", colors);
            DrawOutline(canvas.Raster, box, thickness, color);
            if (!string.IsNullOrEmpty(box.Label))
                DrawLabel(canvas, box, thickness, color);
        }

        return canvas.Raster;
    }

    private static Color ColorOf(string label, Dictionary<string, Color> colors)
    {
        if (!colors.TryGetValue(label, out Color color))
            colors[label] = color = Color.Distinct(colors.Count);
        return color;
    }

    private static void DrawOutline(Raster canvas, BoundingBox box, int thickness, Color color)
    {
        (int left, int top, int right, int bottom) =
            (Pixel(box.Left), Pixel(box.Top), Pixel(box.Right), Pixel(box.Bottom));
        canvas.Fill(left, top, right, top + thickness - 1, color);
        canvas.Fill(left, bottom - thickness + 1, right, bottom, color);
        canvas.Fill(left, top, left + thickness - 1, bottom, color);
        canvas.Fill(right - thickness + 1, top, right, bottom, color);
    }

    private static void DrawLabel(Canvas canvas, BoundingBox box, int scale, Color color)
    {
        Color ink = color.IsLight ? new Color(0, 0, 0) : new Color(255, 255, 255);
        var style = new TextStyle(LabelSize * scale, ink);
        int width = (int)Math.Ceiling(style.WidthOf(box.Label!)) + (2 * LabelPadding * scale);
        int height = (int)Math.Round(style.CapitalHeight) + (2 * Descent * scale);

        // Above the box if there is room, otherwise inside it; never beyond the picture's right edge.
        int top = Pixel(box.Top) - height;
        if (top < 0)
            top = Math.Max(Pixel(box.Top), 0);
        int left = Math.Max(Math.Min(Pixel(box.Left), canvas.Raster.Width - width), 0);

        canvas.Raster.Fill(left, top, left + width - 1, top + height - 1, color);
        var middle = new Point(left + (LabelPadding * scale), top + (height / 2.0));
        style.Draw(canvas, box.Label!, middle, across: TextAnchor.Middle);
    }

    private static int Pixel(float coordinate) => (int)Math.Clamp(MathF.Round(coordinate), -1e6f, 1e6f);
}
