using TorchBoard.Drawing;
using TorchBoard.Drawing.Fonts;
using static TorchBoard.Tests.Drawing.TestFont;

namespace TorchBoard.Tests.Drawing;

/// <summary>Damaged and hostile fonts throw only <see cref="InvalidDataException"/>, after bounded work.</summary>
internal sealed class DamagedFontTests
{
    [Test]
    public void A_glyph_composed_of_itself_is_refused() =>
        Refuses(TrueType(['a'], [Half(1, 0, 0)]), "nested too deeply");

    [Test]
    public void Exponentially_many_parts_are_refused()
    {
        // Each glyph contains the next one 100 times: 10^16 squares.
        byte[] hundred = [.. Short(-1, 0, 0, 0, 0)];
        byte[][] glyphs =
        [
            .. Enumerable.Range(2, 8).Select(next => (byte[])
                [.. hundred, .. Enumerable.Range(0, 100).SelectMany(i => Short(i < 99 ? 0x23 : 3, next, 0, 0))]),
            Square(10),
        ];
        Refuses(TrueType(['a'], glyphs), "too complex");
    }

    [Test]
    public void A_subroutine_that_calls_itself_is_refused()
    {
        byte[] call = Program(-107, "callsubr");
        Refuses(PostScript(['a'], [call], locals: [[call]]), "nested too deeply");
    }

    [Test]
    public void Exponentially_many_subroutine_calls_are_refused()
    {
        // Each of ten calls the next one 100 times.
        byte[][] locals =
        [
            .. Enumerable.Range(1, 9).Select(next =>
                (byte[])[.. Enumerable.Repeat(Program(next - 107, "callsubr"), 100).SelectMany(call => call), 11]),
            Program(1, 1, "rlineto", "return"),
        ];
        Refuses(PostScript(['a'], [Program(-107, "callsubr")], locals: [locals]), "too complex");
    }

    [TestCase("callsubr")]
    [TestCase("rmoveto")]
    [TestCase("flex")]
    public void A_program_without_operands_is_refused(string name) =>
        Refuses(PostScript(['a'], [Program(name)]), "");

    [Test]
    public void More_operands_than_there_may_be_are_refused() =>
        Refuses(PostScript(['a'], [Program([.. Enumerable.Repeat<object>(1, 49)])]), "too many operands");

    [Test]
    public void A_glyph_far_larger_than_its_em_is_refused()
    {
        byte[] program = Program([0, "hmoveto", .. Enumerable.Repeat<object>(32767, 40), "rlineto", "endchar"]);
        Refuses(PostScript(['a'], [program]), "too large");
    }

    [Test]
    public void A_count_beyond_the_table_is_refused()
    {
        Dictionary<string, byte[]> tables = TrueType(['a'], [Square(10)]);
        byte[] count = [0x7F, 0xFF, 0xFF, 0xFF];
        count.CopyTo(tables["cmap"].AsSpan(12 + 12));
        Refuses(tables, "truncated");
    }

    [Test]
    public void Overlapping_segments_cost_no_more_than_one()
    {
        // 30 000 segments of 65 536 characters each would take minutes.
        const int segments = 30_000;
        Dictionary<string, byte[]> tables = TrueType([], [Square(10)]);
        byte[] ones = [.. Enumerable.Repeat(Short(0), segments).SelectMany(word => word)];
        byte[] ends = [.. Enumerable.Repeat(Short(0xFFFF), segments).SelectMany(word => word)];
        byte[] ranges = [.. Enumerable.Repeat(Short(2), segments).SelectMany(word => word)];
        tables["cmap"] =
        [
            .. Short(0, 1, 3, 1, 0, 12, 4, 0, 0, 2 * segments, 0, 0, 0),
            .. ends, .. Short(0), .. ones, .. ones, .. ranges, .. Short([.. Enumerable.Repeat(1, 70_000)]),
        ];

        FontFace face = Face(tables);

        Assert.That(face.Characters.Count, Is.LessThanOrEqualTo(65_536));
    }

    [Test]
    public void A_truncated_font_is_read_or_refused([Values] bool postScript)
    {
        byte[] font = postScript ? SmallPostScript() : Embedded();
        for (int length = 0; length < font.Length; length += postScript ? 1 : 211)
            ReadOrRefuse(font[..length]);
    }

    [Test]
    public void A_font_with_changed_bytes_is_read_or_refused([Values] bool postScript)
    {
        byte[] font = postScript ? SmallPostScript() : Embedded();
        var random = new Random(17);
        int refused = 0;
        for (int i = 0; i < (postScript ? 20_000 : 1500); i++)
        {
            byte[] changed = [.. font];
            for (int n = random.Next(1, 6); n > 0; n--)
            {
                // Half of the changes hit the header, where they do most damage.
                int at = random.Next(random.Next(2) == 0 ? Math.Min(font.Length, 400) : font.Length);
                changed[at] = random.Next(3) switch
                {
                    0 => 0xFF,
                    1 => (byte)(changed[at] ^ (1 << random.Next(8))),
                    _ => (byte)random.Next(256),
                };
            }

            refused += ReadOrRefuse(changed) ? 0 : 1;
        }

        Assert.That(refused, Is.GreaterThan(100), "the changes do matter");
    }

    [Test]
    public void Random_bytes_are_refused()
    {
        var random = new Random(18);
        for (int i = 0; i < 1000; i++)
        {
            byte[] bytes = new byte[random.Next(2000)];
            random.NextBytes(bytes);
            Assert.That(ReadOrRefuse(bytes), Is.False);
        }
    }

    private static byte[] Embedded()
    {
        using Stream stream = typeof(FontFace).Assembly.GetManifestResourceStream("DejaVuSans-subset.ttf")!;
        byte[] font = new byte[stream.Length];
        stream.ReadExactly(font);
        return font;
    }

    private static byte[] SmallPostScript()
    {
        byte[] program = Program(
            10, 20, 30, 40, "hstemhm", "hintmask", new byte[] { 0x80 }, 300, 100, "rmoveto", 55, -45, 45, -55, -55, -45,
            -45, -55, "vhcurveto", -107, "callsubr", -107, "callgsubr", "endchar");
        return TestFont.Bytes(PostScript(
            ['A', 'é'], [program, program], [Program(10, "hlineto", "return")],
            [[Program(20, 5, "rlineto", "return")], [Program(1, 2, 3, 4, 5, 6, "rrcurveto", "return")]],
            select: [3, 0, 2, 0, 0, 0, 0, 2, 1, 0, 3]));
    }

    /// <summary>Reads and draws some characters; false if the font is refused as documented.</summary>
    private static bool ReadOrRefuse(byte[] font)
    {
        try
        {
            var file = new FontFile(new FontData(font));
            var path = new VectorPath();
            foreach (char character in "AWéöß∑Я0.")
            {
                if (file.Find(character, HanForm.Chinese) is { } glyph)
                    glyph.Outline.AddTo(path, (x, y) => new(x / glyph.Face.UnitsPerEm, y / glyph.Face.UnitsPerEm));
            }

            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static void Refuses(Dictionary<string, byte[]> tables, string reason)
    {
        var file = new FontFile(new FontData(TestFont.Bytes(tables)));
        Assert.That(
            () => file.Find('a', HanForm.Chinese),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains(reason));
    }

    private static FontFace Face(Dictionary<string, byte[]> tables) => new(new FontData(TestFont.Bytes(tables)));
}
