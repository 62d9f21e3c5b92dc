using TorchBoard.Drawing;
using TorchBoard.Drawing.Fonts;
using static TorchBoard.Tests.Drawing.TestFont;

namespace TorchBoard.Tests.Drawing;

internal sealed class FontFaceTests
{
    [Test]
    public void Characters_beyond_the_first_65536_are_found()
    {
        FontFace face = Face(TrueType([0x4E00, 0x2000B], [Square(100), Square(200)]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(face.GlyphOf(0x4E00), Is.EqualTo(1));
            Assert.That(face.GlyphOf(0x2000B), Is.EqualTo(2));
            Assert.That(face.GlyphOf(0x2000A), Is.Zero);
            Assert.That(face.GlyphOf(0x10FFFF), Is.Zero);
            Assert.That(face.GlyphOf('A'), Is.Zero);
        }
    }

    // Format 4: one segment with consecutive glyphs, one with a list in which a character has no glyph.
    [TestCase('A', 1)]
    [TestCase('B', 2)]
    [TestCase('C', 0)]
    [TestCase('a', 2)]
    [TestCase('b', 0)]
    [TestCase('c', 1)]
    [TestCase('d', 0)]
    [TestCase('@', 0)]
    public void Segments_have_consecutive_or_listed_glyphs(char character, int glyph)
    {
        Dictionary<string, byte[]> tables = TrueType([], [Square(100), Square(200)]);
        tables["cmap"] =
        [
            .. Short(0, 1, 3, 1, 0, 12, 4, 0, 0, 6, 0, 0, 0), .. Short('B', 'c', 0xFFFF, 0, 'A', 'a', 0xFFFF),
            .. Short(1 - 'A', 0, 1, 0, 4, 0, 2, 0, 1),
        ];

        Assert.That(Face(tables).GlyphOf(character), Is.EqualTo(glyph));
    }

    [Test]
    public void A_composite_glyph_is_moved_and_scaled()
    {
        FontFace face = Face(TrueType(['a', 'b'], [Square(200, 20, 40), Half(1, 300, -50)]));

        GlyphOutline outline = face.Outline(2);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Shape.Bounds(outline), Is.EqualTo((310.0, -30.0, 410.0, 70.0)));
            Assert.That(Shape.Area(outline), Is.EqualTo(10_000));
        }
    }

    [Test]
    public void Glyphs_beyond_the_list_of_widths_have_the_last_one()
    {
        FontFace face = Face(TrueType(['a', 'b'], [Square(100), Square(100)]));
        Assert.That(face.Advance(2), Is.EqualTo(Advance));
    }

    // The same disc, of radius 100 around (200, 100), drawn with each operator.
    private static readonly object[][] Discs =
    [
        [
            300, 100, "rmoveto", 0, 55, -45, 45, -55, 0, -55, 0, -45, -45, 0, -55, 0, -55, 45, -45, 55, 0, 55, 0, 45,
            45, 0, 55, "rrcurveto", "endchar",
        ],
        [
            300, 100, "rmoveto", 55, -45, 45, -55, -55, -45, -45, -55, -55, 45, -45, 55, 55, 45, 45, 55, "vhcurveto",
            "endchar",
        ],
        [
            200, "hmoveto", 55, 45, 45, 55, 55, -45, 45, -55, -55, -45, -45, -55, -55, 45, -45, 55, "hvcurveto",
            "endchar",
        ],
        [
            200, "hmoveto", 55, 0, 45, 45, 0, 55, "rrcurveto", 55, -45, 45, -55, "vhcurveto", -55, -45, -45, -55,
            "hvcurveto", -55, 45, -45, 55, "vhcurveto", "endchar",
        ],
        [
            7, 300, 100, "rmoveto", 0, 55, -45, 45, -55, 0, -55, 0, -45, -45, 0, -55, 0, -55, 45, -45, 55, 0, 55, 0, 45,
            45, 0, 55, 0, 0, "rcurveline", "endchar",
        ],
        [
            10, 20, 30, 40, "hstemhm", 50, 60, "hintmask", new byte[] { 0xFF }, 300, 100, "rmoveto", 55, -45, 45, -55,
            -55, -45, -45, -55, "vhcurveto", 0, 0, 0, -55, 45, -45, 55, 0, "rlinecurve", 55, 45, 45, 55, "hvcurveto",
            "endchar",
        ],
        [
            300, "hmoveto", 100, "vmoveto", 0, 0, "vmoveto", 55, -45, 45, -55, -55, -45, -45, -55, -55, 45, -45, 55, 55,
            45, 45, 55, "vhcurveto", "endchar",
        ],
    ];

    [TestCaseSource(nameof(Discs))]
    public void Each_operator_draws_its_curves(params object[] program)
    {
        FontFace face = Face(PostScript(['a'], [Program(program)]));

        GlyphOutline outline = face.Outline(1);

        // A circle of four cubic curves deviates by a thousandth.
        (double left, double bottom, double right, double top) = Shape.Bounds(outline);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Math.Abs(Shape.Area(outline)), Is.EqualTo(Math.PI * 10_000).Within(0.3).Percent);
            Assert.That((left, bottom, right, top), Is.EqualTo((100.0, 0.0, 300.0, 200.0)));
        }
    }

    [TestCase("hhcurveto", 0)]
    [TestCase("hhcurveto", 15)]
    [TestCase("vvcurveto", 0)]
    [TestCase("vvcurveto", 15)]
    public void Curves_with_parallel_tangents_are_those_of_rrcurveto(string name, int aside)
    {
        object[] first = aside == 0 ? [] : [aside];
        bool isLevel = name == "hhcurveto";
        object[] general = isLevel
            ? [90, aside, 60, 80, 70, 0, 30, 0, 20, -40, 10, 0]
            : [aside, 90, 60, 80, 0, 70, 0, 30, 20, -40, 0, 10];
        object[] end = [-30, -70, "rlineto", "endchar"];
        FontFace face = Face(PostScript(
            ['a', 'b'],
            [
                Program([0, "hmoveto", .. first, 90, 60, 80, 70, 30, 20, -40, 10, name, .. end]),
                Program([0, "hmoveto", .. general, "rrcurveto", .. end]),
            ]));

        Assert.That(face.Outline(1).Contours[0], Is.EqualTo(face.Outline(2).Contours[0]));
    }

    [TestCase(100, 0, 50, 20, 100, 0, 100, -20, 50, 0, 100, 0, "flex", 500, 0)]
    [TestCase(100, 50, 20, 100, 100, 50, 100, "hflex", 500, 0)]
    [TestCase(100, 0, 50, 20, 100, 100, 50, -20, 100, "hflex1", 500, 0)]
    [TestCase(100, 0, 50, 20, 100, 0, 100, -20, 50, 0, 100, "flex1", 500, 0)]
    [TestCase(0, 100, 20, 50, 0, 100, -20, 100, 0, 50, 100, "flex1", 0, 500)]
    public void Flex_operators_end_at_the_right_point(params object[] all)
    {
        (int x, int y) = ((int)all[^2], (int)all[^1]);
        object[] flex = all[^3] is "flex" ? [.. all[..^3], 50, "flex"] : all[..^2];
        FontFace face = Face(PostScript(['a'], [Program([0, "hmoveto", .. flex, -10, -10, "rlineto", "endchar"])]));

        GlyphOutline.ContourPoint[] contour = face.Outline(1).Contours[0];

        Assert.That((contour[^2].X, contour[^2].Y), Is.EqualTo(((double)x, (double)y)));
    }

    // FDSelect of format 3 and 0.
    [TestCase(new byte[] { 3, 0, 2, 0, 0, 0, 0, 2, 1, 0, 3 })]
    [TestCase(new byte[] { 0, 0, 0, 1 })]
    public void Each_font_of_a_CID_keyed_font_has_its_own_subroutines(byte[] select)
    {
        byte[] program = Program(0, "hmoveto", -107, "callsubr", "endchar");
        byte[] side = Program(-107, "callgsubr", "return");
        FontFace face = Face(PostScript(
            ['a', 'b'], [program, program],
            globals: [Program("hlineto", "return")],
            locals: [[[.. Program(10, 10, -10), .. side]], [[.. Program(30, 30, -30), .. side]]],
            select));

        Assert.That(
            (Shape.Area(face.Outline(1)), Shape.Area(face.Outline(2))), Is.EqualTo((100.0, 900.0)));
    }

    [Test]
    public void Quadratic_curves_stay_close_to_the_cubic()
    {
        // A quarter of an ellipse as large as a letter, against the cubic itself.
        FontFace face = Face(PostScript(['a'], [Program(0, "hmoveto", 497, 403, 331, 269, "hvcurveto", "endchar")]));

        GlyphOutline.ContourPoint[] points = face.Outline(1).Contours[0];

        for (int i = 1; i + 1 < points.Length; i += 2)
        {
            double x = (points[i - 1].X + (2 * points[i].X) + points[i + 1].X) / 4;
            double y = (points[i - 1].Y + (2 * points[i].Y) + points[i + 1].Y) / 4;
            double nearest = Enumerable.Range(0, 10_001).Min(n => Distance(n / 10_000.0, x, y));
            Assert.That(nearest, Is.LessThan(0.3));
        }

        static double Distance(double t, double x, double y)
        {
            double s = 1 - t;
            double curveX = (3 * s * s * t * 497) + (3 * s * t * t * 900) + (t * t * t * 900);
            double curveY = (3 * s * t * t * 331) + (t * t * t * 600);
            return Math.Sqrt(((x - curveX) * (x - curveX)) + ((y - curveY) * (y - curveY)));
        }
    }

    private static FontFace Face(Dictionary<string, byte[]> tables) => new(new FontData(TestFont.Bytes(tables)));
}
