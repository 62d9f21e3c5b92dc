namespace TorchBoard.Drawing.Fonts;

/// <summary>
/// PostScript's outlines: the table CFF, as Adobe's Technical Note 5176 describes it. Fonts of Chinese, Japanese and
/// Korean are divided into many, each with subroutines of its own.
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
            throw new InvalidDataException($"Its outlines are of type {type}; known is 2.");
        _charstrings = new CffIndex(
            data, at + (_top[CffDictionary.CharStrings] ?? throw new InvalidDataException("It has no outlines.")));
        if (_top[CffDictionary.FontArray] is { } fonts)
        {
            _fonts = new CffIndex(data, at + fonts);
            _select = at + (_top[CffDictionary.FontSelect] ?? throw new InvalidDataException("Its parts have no order."));
        }
    }

    public GlyphOutline Read(int glyph)
    {
        // Which part a glyph belongs to is read for all at once, some thousand bytes: a font that is only looked
        // through for characters does without.
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

    /// <summary>Format 0 has a byte for each glyph, format 3 ranges of glyphs.</summary>
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
            throw new InvalidDataException($"The order of its parts is in format {format}; known are 0 and 3.");
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
