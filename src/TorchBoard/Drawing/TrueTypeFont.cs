using System.Buffers.Binary;
using System.Text;

namespace TorchBoard.Drawing;

/// <summary>
/// Reads the glyphs of a TrueType font: tables head, hhea, hmtx, cmap (format 4), loca, glyf and kern (format 0) of
/// the OpenType specification. For the embedded font, not for untrusted files. Thread-safe.
/// </summary>
internal sealed class TrueTypeFont
{
    private const int MissingGlyph = 0;

    private static readonly Lazy<TrueTypeFont> Embedded = new(Load);

    private readonly byte[] _font;
    private readonly Dictionary<string, int> _tables = [];
    private readonly Dictionary<int, int> _kerning;
    private readonly GlyphOutline?[] _outlines;
    private readonly bool _longOffsets;
    private readonly int _wideGlyphs;
    private readonly int _cmap;

    public TrueTypeFont(byte[] font)
    {
        _font = font;
        int tables = UInt16(4);
        for (int i = 0; i < tables; i++)
        {
            int entry = 12 + (16 * i);
            _tables[Encoding.ASCII.GetString(font, entry, 4)] = Int32(entry + 8);
        }

        UnitsPerEm = UInt16(_tables["head"] + 18);
        _longOffsets = Int16(_tables["head"] + 50) != 0;
        _wideGlyphs = UInt16(_tables["hhea"] + 34);
        _outlines = new GlyphOutline?[UInt16(_tables["maxp"] + 4)];
        _cmap = FindCharacterMap();
        _kerning = ReadKerning();
    }

    /// <summary>DejaVu Sans: see Fonts/README.md.</summary>
    public static TrueTypeFont DejaVuSans => Embedded.Value;

    /// <summary>Number of font units per em.</summary>
    public int UnitsPerEm { get; }

    /// <summary>Returns the glyph of a character; the missing-glyph box if the font lacks the character.</summary>
    public int GlyphOf(int character)
    {
        if (character > char.MaxValue)
            return MissingGlyph;

        int segments = UInt16(_cmap + 6) / 2;
        int ends = _cmap + 14;
        int starts = ends + (2 * segments) + 2;
        for (int i = 0; i < segments; i++)
        {
            if (character > UInt16(ends + (2 * i)))
                continue;
            int start = UInt16(starts + (2 * i));
            if (character < start)
                return MissingGlyph;
            int delta = Int16(starts + (2 * (segments + i)));
            int rangeAt = starts + (2 * ((2 * segments) + i));
            int range = UInt16(rangeAt);
            int glyph = range == 0 ? character : UInt16(rangeAt + range + (2 * (character - start)));
            return glyph == MissingGlyph ? MissingGlyph : (glyph + delta) & 0xFFFF;
        }

        return MissingGlyph;
    }

    /// <summary>Returns the advance width of a glyph in font units.</summary>
    public int Advance(int glyph) => UInt16(_tables["hmtx"] + (4 * Math.Min(glyph, _wideGlyphs - 1)));

    /// <summary>Returns the adjustment of the advance before another glyph, in font units.</summary>
    public int Kerning(int glyph, int next) => _kerning.GetValueOrDefault((glyph << 16) | next);

    /// <summary>Returns the glyph's outline; empty for a space.</summary>
    public GlyphOutline Outline(int glyph) => _outlines[glyph] ??= ReadOutline(glyph);

    private static TrueTypeFont Load()
    {
        using Stream stream = typeof(TrueTypeFont).Assembly.GetManifestResourceStream("DejaVuSans-subset.ttf")!;
        byte[] font = new byte[stream.Length];
        stream.ReadExactly(font);
        return new TrueTypeFont(font);
    }

    private int FindCharacterMap()
    {
        const int segmentMapping = 4;
        int cmap = _tables["cmap"];
        for (int i = 0; i < UInt16(cmap + 2); i++)
        {
            int at = cmap + Int32(cmap + 4 + (8 * i) + 4);
            if (UInt16(at) == segmentMapping)
                return at;
        }

        throw new InvalidDataException("The font has no character map of format 4.");
    }

    private Dictionary<int, int> ReadKerning()
    {
        const int header = 4 + 14;
        var pairs = new Dictionary<int, int>();
        if (!_tables.TryGetValue("kern", out int kern))
            return pairs;
        int count = UInt16(kern + 10);
        for (int i = 0; i < count; i++)
        {
            int pair = kern + header + (6 * i);
            pairs[(UInt16(pair) << 16) | UInt16(pair + 2)] = Int16(pair + 4);
        }

        return pairs;
    }

    private GlyphOutline ReadOutline(int glyph)
    {
        int loca = _tables["loca"];
        int start = _longOffsets ? Int32(loca + (4 * glyph)) : 2 * UInt16(loca + (2 * glyph));
        int end = _longOffsets ? Int32(loca + (4 * glyph) + 4) : 2 * UInt16(loca + (2 * glyph) + 2);
        if (start == end)
            return GlyphOutline.Empty;

        const int header = 10;
        int at = _tables["glyf"] + start;
        int contours = Int16(at);
        return new GlyphOutline(contours >= 0 ? ReadSimple(at + header, contours) : ReadComposite(at + header));
    }

    private GlyphOutline.ContourPoint[][] ReadSimple(int at, int contours)
    {
        const int onCurve = 1;
        const int repeated = 8;
        int points = UInt16(at + (2 * contours) - 2) + 1;
        int ends = at;
        at += 2 * contours;
        at += 2 + UInt16(at);

        byte[] flags = new byte[points];
        for (int i = 0; i < points; i++)
        {
            byte flag = _font[at++];
            int times = (flag & repeated) != 0 ? _font[at++] : 0;
            flags.AsSpan(i, times + 1).Fill(flag);
            i += times;
        }

        int[] x = ReadCoordinates(ref at, flags, isShort: 2, isSameOrPositive: 16);
        int[] y = ReadCoordinates(ref at, flags, isShort: 4, isSameOrPositive: 32);
        var outline = new GlyphOutline.ContourPoint[contours][];
        int first = 0;
        for (int c = 0; c < contours; c++)
        {
            int next = UInt16(ends + (2 * c)) + 1;
            outline[c] = [.. Enumerable.Range(first, next - first)
                .Select(i => new GlyphOutline.ContourPoint(x[i], y[i], (flags[i] & onCurve) != 0))];
            first = next;
        }

        return outline;
    }

    /// <summary>Reads coordinates, stored as differences of 0 to 2 bytes from the previous coordinate.</summary>
    private int[] ReadCoordinates(ref int at, byte[] flags, int isShort, int isSameOrPositive)
    {
        int[] coordinates = new int[flags.Length];
        int value = 0;
        for (int i = 0; i < flags.Length; i++)
        {
            bool same = (flags[i] & isSameOrPositive) != 0;
            if ((flags[i] & isShort) != 0)
            {
                value += same ? _font[at] : -_font[at];
                at++;
            }
            else if (!same)
            {
                value += Int16(at);
                at += 2;
            }

            coordinates[i] = value;
        }

        return coordinates;
    }

    /// <summary>Reads a glyph composed of other glyphs, moved and scaled, such as an accented letter.</summary>
    private List<GlyphOutline.ContourPoint[]> ReadComposite(int at)
    {
        const int wordArguments = 1;
        const int argumentsAreOffsets = 2;
        const int oneScale = 8;
        const int moreParts = 32;
        const int twoScales = 64;
        const int fullMatrix = 128;

        var contours = new List<GlyphOutline.ContourPoint[]>();
        int flags;
        do
        {
            flags = UInt16(at);
            int part = UInt16(at + 2);
            at += 4;
            (double moveX, double moveY) = (flags & wordArguments) != 0
                ? (Int16(at), Int16(at + 2))
                : ((sbyte)_font[at], (sbyte)_font[at + 1]);
            if ((flags & argumentsAreOffsets) == 0)
                (moveX, moveY) = (0, 0);
            at += (flags & wordArguments) != 0 ? 4 : 2;

            (double xx, double xy, double yx, double yy) = (1, 0, 0, 1);
            if ((flags & oneScale) != 0)
            {
                xx = yy = Fraction(ref at);
            }
            else if ((flags & twoScales) != 0)
            {
                xx = Fraction(ref at);
                yy = Fraction(ref at);
            }
            else if ((flags & fullMatrix) != 0)
            {
                xx = Fraction(ref at);
                xy = Fraction(ref at);
                yx = Fraction(ref at);
                yy = Fraction(ref at);
            }

            foreach (GlyphOutline.ContourPoint[] contour in Outline(part).Contours)
            {
                contours.Add([.. contour.Select(p => p with
                {
                    X = (xx * p.X) + (yx * p.Y) + moveX,
                    Y = (xy * p.X) + (yy * p.Y) + moveY,
                })]);
            }
        }
        while ((flags & moreParts) != 0);
        return contours;
    }

    private double Fraction(ref int at)
    {
        const double one = 1 << 14;
        double value = Int16(at) / one;
        at += 2;
        return value;
    }

    private int Int16(int at) => BinaryPrimitives.ReadInt16BigEndian(_font.AsSpan(at));

    private int UInt16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_font.AsSpan(at));

    private int Int32(int at) => BinaryPrimitives.ReadInt32BigEndian(_font.AsSpan(at));
}
