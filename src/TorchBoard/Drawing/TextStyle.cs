using System.Text;
using TorchBoard.Drawing.Fonts;

namespace TorchBoard.Drawing;

/// <summary>A size and a color for lines of text.</summary>
/// <param name="Size">The size in pixels; capitals are 0.729 times as high, lowercase letters 0.547 times.</param>
/// <param name="Color">The color.</param>
internal sealed record TextStyle(double Size, Color Color)
{
    private const double CapitalShare = 0.729;
    private const double LineShare = 1.2;
    private const double SmallestShare = 0.7;
    private const char Ellipsis = '…';

    /// <summary>The source of the glyphs.</summary>
    public FontLibrary Library { get; init; } = FontLibrary.Shared;

    /// <summary>The height of capitals and digits in pixels.</summary>
    public double CapitalHeight => Size * CapitalShare;

    /// <summary>The distance between baselines in pixels.</summary>
    public double LineHeight => Size * LineShare;

    /// <summary>Returns the width of a line of text in pixels, including kerning.</summary>
    public double WidthOf(string text)
    {
        double width = 0;
        foreach ((_, double advance) in Glyphs(text))
            width += advance;
        return width;
    }

    public double WidestOf(IEnumerable<string> lines) => lines.Select(WidthOf).DefaultIfEmpty(0).Max();

    /// <summary>Returns the text if it fits, otherwise its start and its end, where names usually differ.</summary>
    public string Shorten(string text, double width)
    {
        if (WidthOf(text) <= width)
            return text;
        Rune[] runes = [.. text.EnumerateRunes()];
        for (int kept = runes.Length - 1; kept > 0; kept--)
        {
            int end = kept / 2;
            string shortened = Joined(runes.AsSpan(0, kept - end)).TrimEnd() + Ellipsis
                + Joined(runes.AsSpan(runes.Length - end)).TrimStart();
            if (WidthOf(shortened) <= width)
                return shortened;
        }

        return "";
    }

    /// <summary>Returns a smaller style if the text does not fit, and shortens the text if still needed.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">The available width in pixels.</param>
    /// <param name="fitted">The text that fits in the returned style.</param>
    public TextStyle Fitted(string text, double width, out string fitted)
    {
        double share = Math.Clamp(width / Math.Max(WidthOf(text), 1), SmallestShare, 1);
        TextStyle style = share < 1 ? this with { Size = Size * share } : this;
        fitted = style.Shorten(text, width + 0.5);
        return style;
    }

    /// <summary>Draws a line of text.</summary>
    /// <param name="canvas">The canvas to draw on.</param>
    /// <param name="text">The text; a character that no font has is drawn as a box.</param>
    /// <param name="at">The position of the text's anchors.</param>
    /// <param name="along">The anchor along the line of text.</param>
    /// <param name="across">The anchor across the line: the baseline, half the capital height, or its top.</param>
    /// <param name="angle">The rotation in degrees, counterclockwise.</param>
    public void Draw(
        Canvas canvas, string text, Point at, TextAnchor along = TextAnchor.Start, TextAnchor across = TextAnchor.Start,
        double angle = 0)
    {
        (double sine, double cosine) = angle switch
        {
            0 => (0, 1),
            90 => (1, 0),
            _ => Math.SinCos(angle * Math.PI / 180),
        };
        double pen = -ShareOf(along) * WidthOf(text);
        double drop = ShareOf(across) * CapitalHeight;

        // A baseline at whole pixels keeps horizontal and vertical text crisp.
        Point origin = new(at.X + (drop * sine), at.Y + (drop * cosine));
        if (angle == 0)
            origin = origin with { Y = Math.Round(origin.Y) };
        else if (angle == 90)
            origin = origin with { X = Math.Round(origin.X) };

        var path = new VectorPath();
        foreach ((FontGlyph glyph, double advance) in Glyphs(text))
        {
            double start = pen;
            double pixelsPerUnit = Size / glyph.Face.UnitsPerEm;
            glyph.Outline.AddTo(path, (x, y) => Place(start + (x * pixelsPerUnit), y * pixelsPerUnit));
            pen += advance;
        }

        canvas.Fill(path, Color);

        Point Place(double x, double y) =>
            new(origin.X + (x * cosine) - (y * sine), origin.Y - (x * sine) - (y * cosine));
    }

    private static string Joined(ReadOnlySpan<Rune> runes)
    {
        var text = new StringBuilder();
        foreach (Rune rune in runes)
            text.Append(rune.ToString());
        return text.ToString();
    }

    private static double ShareOf(TextAnchor anchor) => anchor switch
    {
        TextAnchor.Start => 0,
        TextAnchor.Middle => 0.5,
        _ => 1,
    };

    private IEnumerable<(FontGlyph Glyph, double Advance)> Glyphs(string text)
    {
        List<FontGlyph> glyphs = Library.Glyphs(text);
        for (int i = 0; i < glyphs.Count; i++)
        {
            FontGlyph glyph = glyphs[i];
            int kerning = i + 1 < glyphs.Count && glyphs[i + 1].Face == glyph.Face
                ? glyph.Face.Kerning(glyph.Index, glyphs[i + 1].Index)
                : 0;
            yield return (glyph, (glyph.Advance + kerning) * (Size / glyph.Face.UnitsPerEm));
        }
    }
}
