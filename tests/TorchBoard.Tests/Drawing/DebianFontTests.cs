using TorchBoard.Drawing;
using TorchBoard.Drawing.Fonts;

namespace TorchBoard.Tests.Drawing;

/// <summary>Glyphs of Debian's fonts, compared with the values that fontTools reads from the same files.</summary>
internal sealed class DebianFontTests
{
    private const string Noto = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
    private const string MicroHei = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc";
    private const string DejaVu = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

    // The conversion of cubic to quadratic curves changes an area by less than a thousandth.
    [TestCase("训", HanForm.Chinese, 38442, 1000, 261914.1, 40, -79, 924, 818)]
    [TestCase("练", HanForm.Chinese, 31726, 1000, 304424.0, 39, -78, 963, 845)]
    [TestCase("损", HanForm.Chinese, 19043, 1000, 311471.2, 29, -84, 964, 839)]
    [TestCase("失", HanForm.Chinese, 14090, 1000, 263477.6, 42, -81, 971, 840)]
    [TestCase("損", HanForm.Chinese, 19335, 1000, 351728.6, 28, -81, 969, 840)]
    [TestCase("直", HanForm.Chinese, 27874, 1000, 333088.0, 46, -43, 956, 841)]
    [TestCase("直", HanForm.Japanese, 27873, 1000, 329761.5, 62, -81, 950, 843)]
    [TestCase("直", HanForm.Korean, 27873, 1000, 329761.5, 62, -81, 950, 843)]
    [TestCase("한", HanForm.Korean, 58199, 920, 238884.6, 52, -58, 885, 826)]
    [TestCase("エ", HanForm.Japanese, 1561, 1000, 163701.0, 84, 40, 916, 669)]
    [TestCase("一", HanForm.Chinese, 9481, 1000, 75112.0, 44, 349, 960, 431)]
    [TestCase("𠀋", HanForm.Chinese, 59477, 1000, 230061.7, 36, -81, 964, 840)]
    [TestCase("。", HanForm.Chinese, 1398, 1000, 40724.7, 42, -61, 347, 244)]
    [TestCase("①", HanForm.Chinese, 918, 1000, 139378.9, 34, -86, 966, 846)]
    public void Noto_Sans_CJK(
        string character, object form, int index, int advance, double area, double left, double bottom, double right,
        double top) =>
        Check(Noto, "fonts-noto-cjk", character, (HanForm)form, index, advance, area, (left, bottom, right, top));

    [TestCase("训", 17756, 2048, -1148512.0, 104, -192, 1880, 1664)]
    [TestCase("练", 14450, 2048, -1330560.0, 104, -176, 1960, 1656)]
    [TestCase("损", 7438, 2048, -1399352.0, 64, -184, 1952, 1656)]
    [TestCase("失", 4832, 2048, -1066698.7, 104, -200, 1968, 1656)]
    [TestCase("é", 171, 1096, -554774.6, 113, -20, 993, 1569)]
    [TestCase("한", 33487, 2048, -1095424.0, 168, -128, 1968, 1648)]
    public void WenQuanYi_Micro_Hei(
        string character, int index, int advance, double area, double left, double bottom, double right, double top) =>
        Check(
            MicroHei, "fonts-wqy-microhei", character, HanForm.Chinese, index, advance, area,
            (left, bottom, right, top));

    [TestCase("\uFE8E", 5256, 624, -320328.3, 193, 0, 644, 1556)]
    [TestCase("ש", 1344, 1451, -594731.8, 88, 0, 1363, 1120)]
    [TestCase("Ա", 1211, 1569, -754375.8, 178, -60, 1392, 1493)]
    [TestCase("ა", 1674, 1040, -390886.4, 100, -30, 940, 1213)]
    public void DejaVu_Sans(
        string character, int index, int advance, double area, double left, double bottom, double right, double top) =>
        Check(
            DejaVu, "fonts-dejavu-core", character, HanForm.Chinese, index, advance, area, (left, bottom, right, top));

    [Test]
    public void A_title_in_three_scripts_uses_the_first_font_with_each()
    {
        IgnoreUnless(Noto, "fonts-noto-cjk");
        IgnoreUnless(MicroHei, "fonts-wqy-microhei");
        var told = new List<string>();
        var library = new FontLibrary(() => [Noto, MicroHei], told.Add);

        List<FontGlyph> glyphs = library.Glyphs("训练损失 · 損失 · Потери");

        string[] families = [.. glyphs.Select(glyph => glyph.Face.Name(1))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(families[..4], Has.All.EqualTo("Noto Sans CJK SC"));
            Assert.That(families[7..9], Has.All.EqualTo("Noto Sans CJK SC"));
            Assert.That(families[12..], Has.All.EqualTo("DejaVu Sans"));
            Assert.That(glyphs.Select(glyph => glyph.Index), Has.None.Zero);
            Assert.That(told, Is.Empty);
        }
    }

    [Test]
    public void A_title_is_drawn_without_reading_the_whole_font()
    {
        IgnoreUnless(Noto, "fonts-noto-cjk");
        var style = new TextStyle(36, new Color(0, 0, 0)) { Library = new FontLibrary(() => [Noto], _ => { }) };
        var canvas = new Canvas(400, 60, new Color(255, 255, 255));

        long before = GC.GetAllocatedBytesForCurrentThread();
        style.Draw(canvas, "训练损失 · 損失", new(10, 45));

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(3_000_000));
        Assert.That(canvas.Raster.Pixels.Count(p => p < 100), Is.GreaterThan(1000));
    }

    private static void Check(
        string path, string package, string character, HanForm form, int index, int advance, double area,
        (double Left, double Bottom, double Right, double Top) bounds)
    {
        IgnoreUnless(path, package);
        var file = new FontFile(new FontData(path));

        FontGlyph? glyph = file.Find(char.ConvertToUtf32(character, 0), form);

        Assert.That(glyph, Is.Not.Null);
        var box = Shape.Bounds(glyph!.Outline);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(glyph.Index, Is.EqualTo(index));
            Assert.That(glyph.Advance, Is.EqualTo(advance));
            Assert.That(Shape.Area(glyph.Outline), Is.EqualTo(area).Within(0.1).Percent);

            // Control points may lie slightly outside of the curve.
            double slack = 0.02 * glyph.Face.UnitsPerEm;
            Assert.That(box.Left, Is.EqualTo(bounds.Left).Within(slack));
            Assert.That(box.Bottom, Is.EqualTo(bounds.Bottom).Within(slack));
            Assert.That(box.Right, Is.EqualTo(bounds.Right).Within(slack));
            Assert.That(box.Top, Is.EqualTo(bounds.Top).Within(slack));
        }
    }

    private static void IgnoreUnless(string path, string package)
    {
        if (!File.Exists(path))
            Assert.Ignore($"There is no {path}: apt-get install {package}");
    }
}
