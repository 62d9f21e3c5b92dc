using TorchBoard.Drawing;
using TorchBoard.Drawing.Fonts;
using TorchBoard.Figures;
using static TorchBoard.Tests.Drawing.TestFont;

namespace TorchBoard.Tests.Drawing;

internal sealed class FontLibraryTests
{
    private readonly List<string> _told = [];

    [SetUp]
    public void Clear() => _told.Clear();

    [Test]
    public void The_system_is_not_searched_while_the_embedded_font_suffices()
    {
        var library = new FontLibrary(() => throw new AssertionException("The system was searched."), _told.Add);

        List<FontGlyph> glyphs = library.Glyphs("Loss (×10³) – Потери Ωμέγα ≤ ∞ \u200E");

        Assert.That(glyphs, Has.All.Property(nameof(FontGlyph.Face)).SameAs(FontFace.DejaVuSans));
        Assert.That(_told, Is.Empty);
    }

    [Test]
    public void Missing_characters_are_reported_once_per_script()
    {
        FontLibrary library = Library();

        library.Glyphs("训练损失 · エ");
        library.Glyphs("损失函数");
        library.Glyphs("नमस्ते");
        library.Glyphs("नमस्ते 训练");

        Assert.That(_told, Has.Count.EqualTo(2));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_told[0], Does.Contain("Chinese 训 (U+8BAD), 练 (U+7EC3), 损 (U+635F), 失 (U+5931); "));
            Assert.That(_told[0], Does.Contain("Japanese エ (U+30A8)"));
            Assert.That(_told[0], Does.Contain("(Debian: fonts-noto-cjk)").And.Contain("FontFallback.Add"));
            Assert.That(_told[1], Does.Contain("Devanagari").And.Contain("fonts-noto-core"));
            Assert.That(_told, Has.None.Contains("\n"));
        }
    }

    [Test]
    public void Missing_characters_are_measured_as_the_boxes_that_are_drawn()
    {
        var style = new TextStyle(100, new Color(0, 0, 0)) { Library = Library() };
        Assert.That(style.WidthOf("训练"), Is.EqualTo(2 * style.WidthOf("\uE000")).Within(1e-9));
    }

    [Test]
    public void Invisible_characters_have_no_width_and_are_not_reported()
    {
        var style = new TextStyle(100, new Color(0, 0, 0)) { Library = Library() };
        Assert.That(style.WidthOf("a\u200Db\uFE0F\u2060\uFEFF"), Is.EqualTo(style.WidthOf("ab")).Within(1e-9));
        Assert.That(_told, Is.Empty);
    }

    [Test]
    public void Text_is_measured_with_the_fallback_glyphs()
    {
        using var directory = new TestDirectory();
        FontLibrary library = Library(Write(directory, "a.ttf", TrueType(['训'], [Square(500)])));
        var style = new TextStyle(100, new Color(0, 0, 0)) { Library = library };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(style.WidthOf("训训训"), Is.EqualTo(3 * 0.6 * 100).Within(1e-9));
            Assert.That(style.Shorten("训训训训训训训训训训", 350), Is.EqualTo("训训…训训"));
            Assert.That(style.Fitted("训训", 100, out string fitted).WidthOf(fitted), Is.EqualTo(100).Within(0.01));
        }
    }

    [Test]
    public void A_damaged_font_is_reported_once_and_the_next_is_used()
    {
        using var directory = new TestDirectory();
        string damaged = Path.Combine(directory, "a.ttf");
        File.WriteAllBytes(damaged, [1, 2, 3]);
        string endless = Write(directory, "b.ttf", TrueType(['训'], [Half(1, 0, 0)]));
        string whole = Write(directory, "c.ttf", TrueType(['训', '练'], [Square(500), Square(300)]));
        FontLibrary library = Library(damaged, endless, Path.Combine(directory, "gone.ttf"), whole);

        List<FontGlyph> glyphs = library.Glyphs("训练训");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(glyphs.Select(glyph => glyph.Index), Is.EqualTo([1, 2, 1]));
            Assert.That(_told, Has.Count.EqualTo(2));
            Assert.That(_told[0], Does.Contain(damaged).And.Contain("truncated"));
            Assert.That(_told[1], Does.Contain(endless).And.Contain("nested too deeply"));
        }
    }

    [Test]
    public void A_font_that_is_removed_while_in_use_affects_only_itself()
    {
        using var directory = new TestDirectory();
        string path = Write(directory, "a.ttf", TrueType(['训', '练'], [Square(500), Square(300)]));
        FontLibrary library = Library(path);

        FontGlyph before = library.Glyphs("训")[0];
        File.Delete(path);
        List<FontGlyph> after = library.Glyphs("训练");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(after[0], Is.SameAs(before));
            Assert.That(after[1].Face, Is.SameAs(FontFace.DejaVuSans), "a box");
            Assert.That(_told, Has.Count.EqualTo(2));
            Assert.That(_told[0], Does.Contain(path));
            Assert.That(_told[1], Does.Contain("Chinese"));
        }
    }

    [Test]
    public void Added_fonts_come_before_those_of_the_system_in_their_order()
    {
        using var directory = new TestDirectory();
        FontLibrary library = Library(
            Write(directory, "a.ttf", TrueType(['训', '练', '损'], [Square(1), Square(1), Square(1)])));
        Assert.That(Side("训"), Is.EqualTo(1));

        library.Add(new FontData(Write(directory, "b.ttf", TrueType(['训'], [Square(2)]))));
        library.Add(new FontData(Write(directory, "c.ttf", TrueType(['训', '练'], [Square(3), Square(3)]))));

        Assert.That((Side("训"), Side("练"), Side("损")), Is.EqualTo((2.0, 3.0, 1.0)));
        double Side(string text) => Shape.Bounds(library.Glyphs(text)[0].Outline).Right;
    }

    // Kana mean Japanese, Hangul means Korean.
    [TestCase("直", 1)]
    [TestCase("直の", 2)]
    [TestCase("直한", 3)]
    public void Chinese_characters_have_the_regional_form_of_the_text(string text, int side)
    {
        using var directory = new TestDirectory();
        string path = Path.Combine(directory, "all.ttc");
        File.WriteAllBytes(path, TestFont.Collection(
            TrueType(['直', 'の'], [Square(2), Square(9)], "Test CJK JP"),
            TrueType(['直', '한'], [Square(3), Square(9)], "Test CJK KR"),
            TrueType(['直'], [Square(1)], "Test CJK SC")));

        FontGlyph glyph = Library(path).Glyphs(text)[0];

        Assert.That(Shape.Bounds(glyph.Outline).Right, Is.EqualTo(side));
    }

    [Test]
    public void The_glyph_cache_is_bounded()
    {
        using var directory = new TestDirectory();
        int[] characters = [.. Enumerable.Range(0x4E00, 5_000)];
        FontLibrary library = Library(Write(
            directory, "a.ttf", TrueType(characters, [.. characters.Select(_ => Square(10))])));

        for (int i = 0; i < characters.Length; i += 100)
        {
            library.Glyphs(string.Concat(characters.Skip(i).Take(100).Select(c => (char)c)));
            Assert.That(library.KeptGlyphs, Is.LessThanOrEqualTo(4096));
        }

        Assert.That(library.Glyphs("\u4E00")[0].Index, Is.EqualTo(1), "it is read again");
    }

    [Test]
    public void Many_threads_see_the_same_glyphs()
    {
        using var directory = new TestDirectory();
        string text = string.Concat(Enumerable.Range(0x4E00, 200).Select(c => (char)c));
        FontLibrary library = Library(Write(
            directory, "a.ttf", TrueType([.. text.Select(c => (int)c)], [.. text.Select(c => Square(c))])));

        int[][] seen = new int[8][];
        Parallel.For(0, seen.Length, i => seen[i] = [.. library.Glyphs(text).Select(glyph => glyph.Index)]);

        Assert.That(seen, Has.All.EqualTo(Enumerable.Range(1, 200)));
    }

    [Test]
    public void The_order_of_fonts_does_not_depend_on_the_file_system()
    {
        using var directory = new TestDirectory();
        string[] wanted =
        [
            "DejaVuSans.ttf", "NotoSansCJK-Regular.ttc", "wqy-microhei.ttc", "Another.otf", "zebra.TTF",
            "Another-Bold.otf", "A-Serif-Bold.ttf",
        ];
        Directory.CreateDirectory(Path.Combine(directory, "below"));
        string[] others = ["LastResort.otf", "NotoColorEmoji.ttf", "readme.txt"];
        foreach (string name in wanted.Concat(others).Order())
            File.WriteAllText(Path.Combine(directory, name.Length % 2 == 0 ? "" : "below", name), "x");

        IReadOnlyList<string> files = SystemFonts.Files([directory, Path.Combine(directory, "not there")]);

        Assert.That(files.Select(Path.GetFileName), Is.EqualTo(wanted));
    }

    [Test]
    public void A_font_that_links_lead_to_is_found_once()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Links require special rights on Windows.");
        using var directory = new TestDirectory();
        Write(directory, "a.ttf", TrueType(['训'], [Square(1)]));
        Directory.CreateSymbolicLink(Path.Combine(directory, "loop"), ".");
        File.CreateSymbolicLink(Path.Combine(directory, "dangling.ttf"), "nowhere");

        IReadOnlyList<string> files = SystemFonts.Files([directory]);

        Assert.That(files.Select(Path.GetFileName), Is.EqualTo(["a.ttf", "dangling.ttf"]));
        Assert.That(Library([.. files]).Glyphs("训练")[0].Index, Is.EqualTo(1));
    }

    [Test]
    public void An_added_file_must_be_a_usable_font()
    {
        using var directory = new TestDirectory();
        string text = Path.Combine(directory, "text.ttf");
        File.WriteAllText(text, "This is no font at all, whatever it is called.");
        string endless = Write(directory, "endless.ttf", TrueType(['训'], [Half(1, 0, 0)]));
        string empty = Write(directory, "empty.ttf", TrueType([], [Square(1)]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => FontFallback.Add(text),
                Throws.TypeOf<InvalidDataException>().With.Message.EqualTo(
                    $"'{text}' is not a usable font. It is not an OpenType font."));
            Assert.That(() => FontFallback.Add(endless), Throws.TypeOf<InvalidDataException>());
            Assert.That(() => FontFallback.Add(empty), Throws.TypeOf<InvalidDataException>());
            Assert.That(
                () => FontFallback.Add(Path.Combine(directory, "none.ttf")), Throws.TypeOf<FileNotFoundException>());
            Assert.That(() => FontFallback.Add(null!), Throws.ArgumentNullException);
            Assert.That(() => FontFallback.Add(""), Throws.ArgumentException);
        }
    }

    [Test]
    public void Figures_use_characters_of_an_added_file()
    {
        // A symbol that no other test draws. The process may read the file until its end.
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "given.ttf");
        File.WriteAllBytes(path, TestFont.Bytes(TrueType([0x1D300], [Square(600)])));
        FontFallback.Add(path);

        byte[] known = new Figure { Title = "\U0001D300" }.Render(200, 150).Pixels.ToArray();
        byte[] boxes = new Figure { Title = "\uE000" }.Render(200, 150).Pixels.ToArray();

        Assert.That(known, Is.Not.EqualTo(boxes));
        Assert.That(known.Count(p => p < 100), Is.GreaterThan(boxes.Count(p => p < 100) + 200), "a filled square");
    }

    private static string Write(TestDirectory directory, string name, Dictionary<string, byte[]> tables)
    {
        string path = Path.Combine(directory, name);
        File.WriteAllBytes(path, TestFont.Bytes(tables));
        return path;
    }

    private FontLibrary Library(params string[] files) => new(() => files, _told.Add);
}
