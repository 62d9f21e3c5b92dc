using System.Text;

namespace TorchBoard.Drawing.Fonts;

/// <summary>
/// An OpenType font with TrueType (glyf) or PostScript (CFF) outlines. Hinting, OpenType layout and variations are not
/// supported. The font may be damaged or hostile: all work is bounded, and invalid data throw
/// <see cref="InvalidDataException"/>. Not thread-safe, except for the embedded font.
/// </summary>
internal sealed class FontFace
{
    private const int FewestUnits = 16;
    private const int MostUnits = 16384;

    /// <summary>The largest distance of a point from the origin in em; exceeds the widest ligatures.</summary>
    private const int Reach = 32;

    private static readonly Lazy<FontFace> Embedded = new(Load);

    private readonly FontData _data;
    private readonly Dictionary<string, (long At, long Length)> _tables = [];
    private readonly int _wideGlyphs;
    private readonly IOutlines? _outlines;
    private readonly Lazy<CharacterMap> _characters;
    private readonly Lazy<KerningPairs> _kerning;

    /// <summary>Reads the required tables; the others are read on demand.</summary>
    /// <param name="data">The font file.</param>
    /// <param name="at">The offset of the font in the file; greater than 0 in a collection.</param>
    public FontFace(FontData data, long at = 0)
    {
        _data = data;
        ReadTables(at);
        FontTable head = Table("head", 54);
        UnitsPerEm = head.UInt16(18);
        if (UnitsPerEm is < FewestUnits or > MostUnits)
            throw new InvalidDataException($"{UnitsPerEm} units per em are not valid.");
        GlyphCount = Table("maxp", 6).UInt16(4);
        _wideGlyphs = Table("hhea", 36).UInt16(34);
        if (_wideGlyphs == 0)
            throw new InvalidDataException("The font has no advance widths.");

        _outlines = OutlinesOf(isLong: head.Int16(50) != 0);
        _characters = new(() => CharacterMap.Read(_data, At("cmap").At, At("cmap").Length));
        _kerning = new(() =>
            _tables.TryGetValue("kern", out (long At, long Length) kern)
                ? KerningPairs.Read(_data.Read(kern.At, kern.Length))
                : KerningPairs.None);
    }

    /// <summary>The embedded font, DejaVu Sans: see Fonts/README.md.</summary>
    public static FontFace DejaVuSans => Embedded.Value;

    /// <summary>Number of font units per em.</summary>
    public int UnitsPerEm { get; }

    public int GlyphCount { get; }

    /// <summary>Whether the font has outlines; false for bitmap and color fonts.</summary>
    public bool HasOutlines => _outlines is not null;

    public CharacterMap Characters => _characters.Value;

    /// <summary>Returns the offsets of the fonts in a file; several for a collection.</summary>
    public static IReadOnlyList<long> Starts(FontData data)
    {
        const int mostFaces = 256;
        FontTable header = data.Read(0, 12);
        if (header.UInt32(0) != TagOf("ttcf"))
            return [0];
        long count = header.UInt32(8);
        if (count is 0 or > mostFaces)
            throw new InvalidDataException($"The collection has {count} fonts; 1 to {mostFaces} are supported.");
        FontTable starts = data.Read(12, 4 * count);
        return [.. Enumerable.Range(0, (int)count).Select(i => starts.UInt32(4 * i))];
    }

    /// <summary>Returns the glyph of a character; 0, the missing-glyph box, if the font lacks the character.</summary>
    public int GlyphOf(int character)
    {
        int glyph = Characters.GlyphOf(character);
        return glyph < GlyphCount ? glyph : 0;
    }

    /// <summary>Returns the advance width of a glyph in font units.</summary>
    public int Advance(int glyph)
    {
        (long at, long length) = At("hmtx");
        long place = 4L * Math.Min(glyph, _wideGlyphs - 1);
        return place + 2 <= length
            ? _data.Read(at + place, 2).UInt16(0)
            : throw new InvalidDataException("The table hmtx is truncated.");
    }

    /// <summary>Returns the adjustment of the advance before another glyph, in font units.</summary>
    public int Kerning(int glyph, int next) => _kerning.Value.Between(glyph, next);

    /// <summary>Returns the glyph's outline; empty for a space.</summary>
    public GlyphOutline Outline(int glyph)
    {
        GlyphOutline outline = _outlines?.Read(glyph) ?? GlyphOutline.Empty;
        double reach = (double)Reach * UnitsPerEm;
        foreach (GlyphOutline.ContourPoint[] contour in outline.Contours)
        {
            foreach (GlyphOutline.ContourPoint point in contour)
            {
                if (!(Math.Abs(point.X) <= reach && Math.Abs(point.Y) <= reach))
                    throw new InvalidDataException("A glyph is too large.");
            }
        }

        return outline;
    }

    /// <summary>Reads a glyph, and the kerning, so that <see cref="Kerning"/> does not read the file later.</summary>
    public FontGlyph Read(int glyph)
    {
        using IDisposable? opened = _data.Opened();
        _ = _kerning.Value;
        return new FontGlyph(this, glyph, Outline(glyph), Advance(glyph));
    }

    /// <summary>Returns an English name such as the family (1) or the style (2); empty if there is none.</summary>
    public string Name(int id)
    {
        const int windows = 3;
        const int english = 0x409;
        const int record = 12;
        if (!_tables.TryGetValue("name", out (long At, long Length) table))
            return "";
        FontTable names = _data.Read(table.At, table.Length);
        for (int i = 0; i < names.UInt16(2); i++)
        {
            int at = 6 + (record * i);
            if (names.UInt16(at) != windows || names.UInt16(at + 4) != english || names.UInt16(at + 6) != id)
                continue;
            int text = names.UInt16(4) + names.UInt16(at + 10);
            var name = new StringBuilder();
            for (int c = 0; c < names.UInt16(at + 8); c += 2)
                name.Append((char)names.UInt16(text + c));
            return name.ToString();
        }

        return "";
    }

    private static FontFace Load()
    {
        using Stream stream = typeof(FontFace).Assembly.GetManifestResourceStream("DejaVuSans-subset.ttf")!;
        byte[] font = new byte[stream.Length];
        stream.ReadExactly(font);
        return new FontFace(new FontData(font));
    }

    private static long TagOf(string tag) => (tag[0] << 24) | (tag[1] << 16) | (tag[2] << 8) | tag[3];

    private void ReadTables(long at)
    {
        const int trueType = 0x10000;
        FontTable header = _data.Read(at, 12);
        long kind = header.UInt32(0);
        if (kind != trueType && kind != TagOf("OTTO") && kind != TagOf("true"))
            throw new InvalidDataException("It is not an OpenType font.");
        int count = header.UInt16(4);
        FontTable entries = _data.Read(at + 12, 16L * count);
        for (int i = 0; i < count; i++)
        {
            int entry = 16 * i;
            string tag = string.Concat(Enumerable.Range(entry, 4).Select(c => (char)entries.Byte(c)));
            _tables[tag] = (entries.UInt32(entry + 8), entries.UInt32(entry + 12));
        }
    }

    private IOutlines? OutlinesOf(bool isLong)
    {
        if (_tables.ContainsKey("CBDT") || _tables.ContainsKey("sbix"))
            return null;
        if (_tables.TryGetValue("CFF ", out (long At, long Length) cff))
            return new CffOutlines(_data, cff.At);
        return _tables.ContainsKey("glyf") && _tables.ContainsKey("loca")
            ? new TrueTypeOutlines(_data, At("loca"), At("glyf"), isLong)
            : null;
    }

    private (long At, long Length) At(string table) => _tables.TryGetValue(table, out (long At, long Length) place)
        ? place
        : throw new InvalidDataException($"The table {table} is missing.");

    private FontTable Table(string table, int length) => At(table).Length >= length
        ? _data.Read(At(table).At, length)
        : throw new InvalidDataException($"The table {table} is truncated.");
}
