using TorchBoard.Drawing;
using TorchBoard.Figures;

namespace TorchBoard.Panels;

/// <summary>Pictures of one size in rows, with a title, a caption each and a color bar.</summary>
internal sealed record PanelSheet
{
    /// <summary>The first line, larger; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>The second line; empty for none.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>The pictures, row by row; at least one.</summary>
    public required IReadOnlyList<Panel> Panels { get; init; }

    /// <summary>Number of pictures per row.</summary>
    public required int Columns { get; init; }

    /// <summary>The color bar; null for none.</summary>
    public ScaleBar? Bar { get; init; }

    private int PictureWidth => Panels[0].Picture.Width;

    private int PictureHeight => Panels[0].Picture.Height;

    public Raster Draw()
    {
        int columns = Math.Min(Columns, Panels.Count);
        int rows = (Panels.Count + columns - 1) / columns;
        PanelTheme theme = PanelTheme.Of(columns * PictureWidth);
        int between = theme.Gap + theme.Hair;
        int captionLines = Panels.Max(panel => panel.Caption.Length == 0 ? 0 : panel.Caption.Split('\n').Length);
        int captions = (int)Math.Ceiling(captionLines * theme.Text.LineHeight);

        int top = theme.Padding + LineHeight(Title, theme.Title) + LineHeight(Subtitle, theme.Text);
        if (top > theme.Padding)
            top += theme.Gap;
        var area = new PixelBox(
            theme.Padding,
            top + captions,
            theme.Padding + (columns * (PictureWidth + between)) - between,
            top + (rows * (captions + PictureHeight + between)) - between);
        int width = area.Right + theme.Padding + (Bar?.WidthAt(area.Height, theme) ?? 0);
        var canvas = new Canvas(width, area.Bottom + theme.Padding, Theme.Background);

        double room = width - (2 * theme.Padding);
        double line = theme.Padding;
        line += DrawLine(canvas, theme.Title, Title, new(theme.Padding, line), room);
        DrawLine(canvas, theme.Text, Subtitle, new(theme.Padding, line), room);
        for (int i = 0; i < Panels.Count; i++)
        {
            (int row, int column) = Math.DivRem(i, columns);
            int left = area.Left + (column * (PictureWidth + between));
            int at = area.Top + (row * (captions + PictureHeight + between));
            DrawPanel(canvas, Panels[i], left, at, theme);
        }

        Bar?.Draw(canvas, area, theme);
        return canvas.Raster;
    }

    private static int LineHeight(string text, TextStyle style) =>
        text.Length == 0 ? 0 : (int)Math.Ceiling(style.LineHeight);

    private static int DrawLine(Canvas canvas, TextStyle style, string text, Point at, double room)
    {
        style.Fitted(text, room, out string fitted).Draw(canvas, fitted, at, TextAnchor.Start, TextAnchor.End);
        return LineHeight(text, style);
    }

    private static void DrawPanel(Canvas canvas, Panel panel, int left, int top, PanelTheme theme)
    {
        Raster picture = panel.Picture;
        string[] lines = panel.Caption.Length == 0 ? [] : panel.Caption.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            double at = top - ((lines.Length - i) * theme.Text.LineHeight);
            DrawLine(canvas, theme.Text, lines[i], new(left, at), picture.Width);
        }

        canvas.Put(picture, left, top);
        var frame = new PixelBox(left, top, left + picture.Width, top + picture.Height);
        int hair = theme.Hair;
        Frame.Outline(
            canvas, PixelBox.Around(frame.Left, frame.Top, frame.Right, frame.Bottom, hair), hair, Theme.Frame);
        if (panel.Note.Length == 0)
            return;

        TextStyle style = theme.Text.Fitted(panel.Note, picture.Width - (2 * theme.Gap), out string note);
        (double x, double y) = ((frame.Left + frame.Right) / 2.0, (frame.Top + frame.Bottom) / 2.0);
        double half = style.WidthOf(note) / 2;
        canvas.Fill(
            PixelBox.Around(x - half, y - (style.CapitalHeight / 2), x + half, y + (style.CapitalHeight / 2), theme.Gap)
                .Intersect(frame),
            Theme.Background);
        style.Draw(canvas, note, new(x, y), TextAnchor.Middle, TextAnchor.Middle);
    }
}
