using System.Text;

namespace TorchBoard.Tests.Drawing;

/// <summary>Builds small fonts with 1000 units per em and an empty glyph 0.</summary>
internal static class TestFont
{
    public const int Advance = 600;

    /// <summary>A font with TrueType outlines.</summary>
    /// <param name="characters">The characters of the glyphs from 1 on.</param>
    /// <param name="glyphs">The glyphs from 1 on.</param>
    /// <param name="family">The family name.</param>
    public static Dictionary<string, byte[]> TrueType(int[] characters, byte[][] glyphs, string family = "Test")
    {
        var places = new List<int> { 0, 0 };
        foreach (byte[] glyph in glyphs)
            places.Add(places[^1] + glyph.Length);
        Dictionary<string, byte[]> tables = Tables(characters, glyphs.Length + 1, family);
        tables["loca"] = [.. places.SelectMany(place => Long(place))];
        tables["glyf"] = [.. glyphs.SelectMany(glyph => glyph)];
        return tables;
    }

    /// <summary>A font with PostScript outlines.</summary>
    /// <param name="characters">The characters of the glyphs from 1 on.</param>
    /// <param name="glyphs">The charstrings of the glyphs from 1 on.</param>
    /// <param name="globals">The global subroutines.</param>
    /// <param name="locals">The local subroutines of the font, or of each font of a CID-keyed font.</param>
    /// <param name="select">The FDSelect of a CID-keyed font; null for another font.</param>
    public static Dictionary<string, byte[]> PostScript(
        int[] characters, byte[][] glyphs, byte[][]? globals = null, byte[][][]? locals = null, byte[]? select = null)
    {
        Dictionary<string, byte[]> tables = Tables(characters, glyphs.Length + 1, "Test");
        byte[] programs = Index([[14], .. glyphs]);
        byte[] head = [1, 0, 4, 4, .. Index([[(byte)'T']])];
        byte[] tail = [.. Index([]), .. Index(globals ?? [])];

        // All numbers in a DICT have five bytes, so that its length is known before the offsets are.
        int top = (select is null ? Operator(0, 17).Length + Operator(0, 0, 18).Length
            : Operator(0, 17).Length + Operator(0, 0x0C24).Length + Operator(0, 0x0C25).Length);
        int at = head.Length + 2 + 1 + 2 + top + tail.Length;
        int programsAt = at;
        var body = new List<byte>(programs);
        var dictionaries = new List<byte[]>();
        foreach (byte[][] subroutines in locals ?? [[]])
        {
            byte[] dictionary = Operator(Operator(0, 19).Length, 19);
            dictionaries.Add(Operator(dictionary.Length, at + body.Count, 18));
            body.AddRange([.. dictionary, .. Index(subroutines)]);
        }

        byte[] topDictionary;
        if (select is null)
        {
            topDictionary = [.. Operator(programsAt, 17), .. dictionaries[0]];
        }
        else
        {
            int selectAt = at + body.Count;
            body.AddRange(select);
            int fontsAt = at + body.Count;
            topDictionary = [.. Operator(programsAt, 17), .. Operator(fontsAt, 0x0C24), .. Operator(selectAt, 0x0C25)];
            body.AddRange(Index([.. dictionaries]));
        }

        tables["CFF "] = [.. head, .. Index([topDictionary]), .. tail, .. body];
        return tables;
    }

    public static byte[] Bytes(Dictionary<string, byte[]> tables) => Collection(isCollection: false, tables);

    public static byte[] Collection(params Dictionary<string, byte[]>[] fonts) => Collection(isCollection: true, fonts);

    /// <summary>A TrueType glyph with the shape of a square.</summary>
    public static byte[] Square(int side, int left = 0, int bottom = 0) =>
    [
        .. Short(1, 0, 0, 0, 0, 3, 0), 1, 1, 1, 1, .. Short(left, side, 0, -side), .. Short(bottom, 0, side, 0),
    ];

    /// <summary>A composite glyph: another glyph at half its size, moved.</summary>
    public static byte[] Half(int glyph, int moveX, int moveY) =>
        [.. Short(-1, 0, 0, 0, 0, 0x1 | 0x2 | 0x8, glyph, moveX, moveY, 0x2000)];

    /// <summary>A charstring: numbers, and operators as strings.</summary>
    public static byte[] Program(params object[] parts)
    {
        var program = new List<byte>();
        foreach (object part in parts)
        {
            program.AddRange(part switch
            {
                int number => [28, .. Short(number)],
                byte[] bytes => bytes,
                string name => Operators[name],
                _ => throw new ArgumentException($"{part} is neither a number nor an operator."),
            });
        }

        return [.. program];
    }

    public static byte[] Short(params int[] numbers) => [.. numbers.SelectMany(n => new[] { (byte)(n >> 8), (byte)n })];

    private static readonly Dictionary<string, byte[]> Operators = new()
    {
        ["hstem"] = [1],
        ["vmoveto"] = [4],
        ["rlineto"] = [5],
        ["hlineto"] = [6],
        ["vlineto"] = [7],
        ["rrcurveto"] = [8],
        ["callsubr"] = [10],
        ["return"] = [11],
        ["endchar"] = [14],
        ["hstemhm"] = [18],
        ["hintmask"] = [19],
        ["rmoveto"] = [21],
        ["hmoveto"] = [22],
        ["rcurveline"] = [24],
        ["rlinecurve"] = [25],
        ["vvcurveto"] = [26],
        ["hhcurveto"] = [27],
        ["callgsubr"] = [29],
        ["vhcurveto"] = [30],
        ["hvcurveto"] = [31],
        ["hflex"] = [12, 34],
        ["flex"] = [12, 35],
        ["hflex1"] = [12, 36],
        ["flex1"] = [12, 37],
    };

    private static byte[] Long(params long[] numbers) =>
        [.. numbers.SelectMany(n => new[] { (byte)(n >> 24), (byte)(n >> 16), (byte)(n >> 8), (byte)n })];

    private static byte[] Index(byte[][] items)
    {
        if (items.Length == 0)
            return Short(0);
        var offsets = new List<int> { 1 };
        foreach (byte[] item in items)
            offsets.Add(offsets[^1] + item.Length);

        // The INDEX with the top DICT must have offsets of one byte.
        bool isSmall = offsets[^1] < 256;
        return
        [
            .. Short(items.Length), (byte)(isSmall ? 1 : 2),
            .. offsets.SelectMany(offset => isSmall ? [(byte)offset] : Short(offset)),
            .. items.SelectMany(item => item),
        ];
    }

    private static byte[] Operator(params int[] numbersAndKey) =>
    [
        .. numbersAndKey[..^1].SelectMany(number => (byte[])[29, .. Long(number)]),
        .. numbersAndKey[^1] > 255 ? Short(numbersAndKey[^1]) : [(byte)numbersAndKey[^1]],
    ];

    private static Dictionary<string, byte[]> Tables(int[] characters, int glyphs, string family)
    {
        byte[] name = Encoding.BigEndianUnicode.GetBytes(family);
        byte[] style = Encoding.BigEndianUnicode.GetBytes("Regular");
        return new()
        {
            ["head"] = [.. new byte[18], .. Short(1000), .. new byte[30], .. Short(1, 0)],
            ["hhea"] = [.. new byte[34], .. Short(1)],
            ["maxp"] = [.. Long(0x10000), .. Short(glyphs)],
            ["hmtx"] = [.. Short(Advance, 0), .. new byte[2 * (glyphs - 1)]],
            ["name"] =
            [
                .. Short(0, 2, 30, 3, 1, 0x409, 1, name.Length, 0, 3, 1, 0x409, 2, style.Length, name.Length),
                .. name, .. style,
            ],
            ["cmap"] = CharacterMap(characters),
        };
    }

    /// <summary>Format 12 with a group per character.</summary>
    private static byte[] CharacterMap(int[] characters) =>
    [
        .. Short(0, 1, 3, 10), .. Long(12),
        .. Short(12, 0), .. Long(16 + (12 * characters.Length), 0, characters.Length),
        .. characters.Select((character, i) => (character, i)).OrderBy(c => c.character)
            .SelectMany(c => Long(c.character, c.character, c.i + 1)),
    ];

    private static byte[] Collection(bool isCollection, params Dictionary<string, byte[]>[] fonts)
    {
        int header = isCollection ? 12 + (4 * fonts.Length) : 0;
        var starts = new List<long>();
        var body = new List<byte>();
        foreach (Dictionary<string, byte[]> tables in fonts)
        {
            int start = header + body.Count;
            starts.Add(start);
            int at = start + 12 + (16 * tables.Count);
            body.AddRange(tables.ContainsKey("CFF ") ? Encoding.ASCII.GetBytes("OTTO") : Long(0x10000));
            body.AddRange(Short(tables.Count, 0, 0, 0));
            foreach ((string tag, byte[] table) in tables)
            {
                body.AddRange([.. Encoding.ASCII.GetBytes(tag), .. Long(0, at, table.Length)]);
                at += table.Length;
            }

            foreach (byte[] table in tables.Values)
                body.AddRange(table);
        }

        return isCollection
            ? [.. Encoding.ASCII.GetBytes("ttcf"), .. Long(0x10000, fonts.Length), .. Long([.. starts]), .. body]
            : [.. body];
    }
}
