namespace TorchBoard.Drawing.Fonts;

/// <summary>
/// PostScript outlines: the table CFF (Adobe Technical Note 5176). A CID-keyed font, as Chinese, Japanese and Korean
/// fonts are, consists of several fonts with their own subroutines.
/// </summary>
internal sealed class CffOutlines : IOutlines
{
    private readonly FontData _data;
    private readonly long _at;
    private readonly CffIndex _charstrings;
    private readonly CffIndex _globals;
    private readonly CffIndex? _fonts;
    private readonly long _select;
    private readonly Dictionary<int, CffIndex?> _locals = [];
    private readonly CffDictionary _top;
    private Func<int, int>? _fontOf;

    public CffOutlines(FontData data, long at)
    {
        (_data, _at) = (data, at);
        var names = new CffIndex(data, at + data.Read(at, 4).Byte(2));
        var tops = new CffIndex(data, names.End);
        var strings = new CffIndex(data, tops.End);
        _globals = new CffIndex(data, strings.End);
        _top = new CffDictionary(tops[0]);
        if (_top[CffDictionary.CharstringType] is { } type and not 2)
            throw new InvalidDataException($"Charstrings of type {type} are not supported.");
        long charstrings = _top[CffDictionary.CharStrings]
            ?? throw new InvalidDataException("The charstrings are missing.");
        _charstrings = new CffIndex(data, at + charstrings);
        if (_top[CffDictionary.FontArray] is { } fonts)
        {
            _fonts = new CffIndex(data, at + fonts);
            _select = at + (_top[CffDictionary.FontSelect] ?? throw new InvalidDataException("FDSelect is missing."));
        }
    }

    public GlyphOutline Read(int glyph)
    {
        // Read on demand: most fonts are only searched for characters.
        _fontOf ??= _fonts is null ? _ => 0 : ReadSelect();
        int font = _fontOf(glyph);
        if (!_locals.TryGetValue(font, out CffIndex? locals))
            _locals[font] = locals = Subroutines(_fonts is null ? _top : new CffDictionary(_fonts[font]));
        var path = new CffPath();
        new Charstring(_globals, locals, path).Run(_charstrings[glyph]);
        return path.Outline();
    }

    private CffIndex? Subroutines(CffDictionary font)
    {
        if (font[CffDictionary.Private] is not { } size || font[CffDictionary.Private, 1] is not { } offset)
            return null;
        var dictionary = new CffDictionary(_data.Read(_at + offset, size));
        return dictionary[CffDictionary.Subroutines] is { } subroutines
            ? new CffIndex(_data, _at + offset + subroutines)
            : null;
    }

    /// <summary>Reads FDSelect, glyphs to fonts: a byte per glyph (format 0) or ranges (format 3).</summary>
    private Func<int, int> ReadSelect()
    {
        const int header = 3;
        const int range = 3;
        int format = _data.Read(_select, 1).Byte(0);
        if (format == 0)
        {
            FontTable parts = _data.Read(_select + 1, _charstrings.Count);
            return glyph => parts.Byte(glyph);
        }

        if (format != 3)
            throw new InvalidDataException($"FDSelect of format {format} is not supported.");
        int count = _data.Read(_select + 1, 2).UInt16(0);
        FontTable ranges = _data.Read(_select + header, range * (long)count);
        return glyph =>
        {
            (int low, int high) = (0, count - 1);
            while (low < high)
            {
                int middle = (low + high + 1) / 2;
                (low, high) = ranges.UInt16(range * middle) <= glyph ? (middle, high) : (low, middle - 1);
            }

            return ranges.Byte((range * low) + 2);
        };
    }
}
