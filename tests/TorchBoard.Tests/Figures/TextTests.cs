using TorchBoard.Drawing;
using TorchBoard.Drawing.Fonts;

namespace TorchBoard.Tests.Figures;

internal sealed class TextTests
{
    private static readonly Color Black = new(0, 0, 0);
    private static readonly Color White = new(255, 255, 255);
    private static readonly FontFace Font = FontFace.DejaVuSans;

    // Advance widths that fontTools reads from the same font.
    [TestCase('A', 1401)]
    [TestCase('i', 569)]
    [TestCase('0', 1303)]
    [TestCase('ß', 1290)]
    [TestCase('é', 1260)]
    [TestCase('Ω', 1565)]
    [TestCase('∞', 1706)]
    [TestCase('−', 1716)]
    public void Glyphs_are_as_wide_as_the_font_says(char character, int advance) =>
        Assert.That(Font.Advance(Font.GlyphOf(character)), Is.EqualTo(advance));

    [Test]
    public void Accented_letters_are_composed_of_their_parts()
    {
        int letter = Font.Outline(Font.GlyphOf('e')).Contours.Count;
        Assert.That(Font.Outline(Font.GlyphOf('é')).Contours, Has.Count.EqualTo(letter + 1));
        int round = Font.Outline(Font.GlyphOf('o')).Contours.Count;
        Assert.That(Font.Outline(Font.GlyphOf('ö')).Contours, Has.Count.EqualTo(round + 2));
    }

    [Test]
    public void Pairs_are_kerned()
    {
        var style = new TextStyle(100, Black);
        Assert.That(style.WidthOf("AV"), Is.LessThan(style.WidthOf("A") + style.WidthOf("V") - 1));
        Assert.That(style.WidthOf("ii"), Is.EqualTo(2 * style.WidthOf("i")).Within(1e-9));
    }

    [TestCase("日")]
    [TestCase("😀")]
    public void A_character_that_no_font_has_is_a_box(string text)
    {
        var style = new TextStyle(40, Black) { Library = new FontLibrary(() => [], _ => { }) };
        Assert.That(Drawn(style, text), Is.EqualTo(Drawn(style, "\uE000")));
        Assert.That(Drawn(style, text).Any(p => p == 0), Is.True);
    }

    [Test]
    public void Text_is_on_its_baseline_and_as_high_as_its_capitals()
    {
        var style = new TextStyle(40, Black);
        var canvas = new Canvas(200, 100, White);

        style.Draw(canvas, "HEI", new(10, 70));

        PixelBox ink = InkOf(canvas);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ink.Bottom, Is.EqualTo(70));
            Assert.That(ink.Height, Is.EqualTo(style.CapitalHeight).Within(1));
            Assert.That(ink.Left, Is.InRange(10, 16));
            Assert.That(ink.Right, Is.EqualTo(10 + style.WidthOf("HEI")).Within(5));
        }
    }

    [Test]
    public void Anchors_put_the_middle_or_the_end_at_a_position()
    {
        var style = new TextStyle(40, Black);
        var middle = new Canvas(200, 100, White);
        var end = new Canvas(200, 100, White);

        style.Draw(middle, "HOH", new(100, 50), TextAnchor.Middle, TextAnchor.Middle);
        style.Draw(end, "HOH", new(100, 50), TextAnchor.End, TextAnchor.End);

        (PixelBox centered, PixelBox before) = (InkOf(middle), InkOf(end));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((centered.Left + centered.Right) / 2.0, Is.EqualTo(100).Within(1));
            Assert.That((centered.Top + centered.Bottom) / 2.0, Is.EqualTo(50).Within(1));
            Assert.That(before.Right, Is.InRange(94, 100));
            Assert.That(before.Top, Is.EqualTo(50).Within(1));
        }
    }

    [Test]
    public void Rotated_text_is_the_same_picture_rotated()
    {
        var style = new TextStyle(30, Black);
        var level = new Canvas(100, 100, White);
        var upright = new Canvas(100, 100, White);

        style.Draw(level, "Fg1", new(20, 60));
        style.Draw(upright, "Fg1", new(60, 80), angle: 90);

        // Counterclockwise: the pixel at column x, row y moves to column y, row 99 - x.
        for (int y = 0; y < 100; y++)
        {
            for (int x = 0; x < 100; x++)
            {
                byte turned = upright.Raster.Row(99 - x)[3 * y];
                Assert.That(turned, Is.EqualTo(level.Raster.Row(y)[3 * x]).Within(1), $"{x}, {y}");
            }
        }
    }

    [Test]
    public void Long_text_keeps_its_start_and_its_end()
    {
        var style = new TextStyle(12, Black);
        string text = "encoder.layers.11.self_attention.out_proj.weight";

        string shortened = style.Shorten(text, 120);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(style.WidthOf(shortened), Is.InRange(100, 120));
            Assert.That(shortened, Does.StartWith("encoder").And.EndWith("weight").And.Contain("…"));
            Assert.That(style.Shorten("short", 120), Is.EqualTo("short"));
            Assert.That(style.Shorten(text, 2), Is.Empty);
        }
    }

    private static byte[] Drawn(TextStyle style, string text)
    {
        var canvas = new Canvas(60, 60, White);
        style.Draw(canvas, text, new(10, 50));
        return canvas.Raster.Pixels;
    }

    private static PixelBox InkOf(Canvas canvas)
    {
        (int left, int top, int right, int bottom) = (int.MaxValue, int.MaxValue, 0, 0);
        for (int y = 0; y < canvas.Raster.Height; y++)
        {
            for (int x = 0; x < canvas.Raster.Width; x++)
            {
                if (canvas.Raster.Row(y)[3 * x] > 250)
                    continue;
                (left, top) = (Math.Min(left, x), Math.Min(top, y));
                (right, bottom) = (Math.Max(right, x + 1), Math.Max(bottom, y + 1));
            }
        }

        return new PixelBox(left, top, right, bottom);
    }
}
