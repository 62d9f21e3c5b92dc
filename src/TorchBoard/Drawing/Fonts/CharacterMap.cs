namespace TorchBoard.Drawing.Fonts;

/// <summary>Maps characters to glyphs: the table cmap, format 4 or 12.</summary>
internal sealed class CharacterMap
{
    private const int LastCharacter = 0x10FFFF;

    // Runs of consecutive characters with consecutive glyphs.
    private readonly List<int> _starts = [];
    private readonly List<int> _ends = [];
    private readonly List<int> _glyphs = [];

    private CharacterMap()
    {
    }

    /// <summary>The number of runs of consecutive characters.</summary>
    public int Count => _starts.Count;

    /// <summary>Reads the Unicode map, preferably of format 12; an empty map if there is no supported one.</summary>
    /// <param name="data">The font.</param>
    /// <param name="at">The offset of the table.</param>
    /// <param name="length">The length of the table.</param>
    public static CharacterMap Read(FontData data, long at, long length)
    {
        const int unicode = 0;
        const int windows = 3;
        const int windowsSymbols = 0;
        var map = new CharacterMap();
        int count = data.Read(at, 4).UInt16(2);
        FontTable entries = data.Read(at + 4, 8L * count);
        (int best, long place) = (0, 0);
        for (int i = 0; i < count; i++)
        {
            (int platform, int encoding) = (entries.UInt16(8 * i), entries.UInt16((8 * i) + 2));
            if (platform is not (unicode or windows) || (platform == windows && encoding == windowsSymbols))
                continue;
            long offset = entries.UInt32((8 * i) + 4);
            int format = data.Read(at + offset, 2).UInt16(0);
            if (format is 4 or 12 && format > best)
                (best, place) = (format, offset);
        }

        if (best == 0)
            return map;
        if (place > length)
            throw new InvalidDataException("The character map is truncated.");
        if (best == 12)
            map.AddGroups(data.Read(at + place, Math.Min(length - place, data.Read(at + place, 8).UInt32(4))));
        else
            map.AddSegments(data.Read(at + place, length - place < 1 << 18 ? length - place : 1 << 18));
        return map;
    }

    /// <summary>Returns the glyph of a character; 0 if there is none.</summary>
    public int GlyphOf(int character)
    {
        int i = _ends.BinarySearch(character);
        i = i < 0 ? ~i : i;
        return i < _starts.Count && character >= _starts[i] ? (_glyphs[i] + character - _starts[i]) & 0xFFFF : 0;
    }

    /// <summary>The first character of each run.</summary>
    public IReadOnlyList<int> Starts => _starts;

    /// <summary>Reads format 12: groups of a first character, a last character and the first glyph.</summary>
    private void AddGroups(FontTable table)
    {
        const int header = 16;
        const int group = 12;
        long count = table.UInt32(12);
        if (count > (table.Length - header) / group)
            throw new InvalidDataException("The character map is truncated.");
        for (int at = header; at < header + (count * group); at += group)
        {
            if (table.UInt32(at + 8) <= 0xFFFF)
                Add(table.UInt32(at), table.UInt32(at + 4), (int)table.UInt32(at + 8));
        }
    }

    /// <summary>Reads format 4: segments whose glyphs are consecutive or listed.</summary>
    private void AddSegments(FontTable table)
    {
        int segments = table.UInt16(6) / 2;
        int ends = 14;
        int starts = ends + (2 * segments) + 2;
        int deltas = starts + (2 * segments);
        int ranges = deltas + (2 * segments);
        int first = 0;
        for (int i = 0; i < segments; i++)
        {
            int end = table.UInt16(ends + (2 * i));
            int start = table.UInt16(starts + (2 * i));
            int delta = table.UInt16(deltas + (2 * i));
            int range = table.UInt16(ranges + (2 * i));
            (int from, first) = (Math.Max(start, first), Math.Max(first, end + 1));
            if (range == 0)
            {
                Add(start, end, (start + delta) & 0xFFFF);
                continue;
            }

            // The last segment, U+FFFF, often refers to a list beyond the end of the table.
            int list = ranges + (2 * i) + range;
            for (int character = from; character <= end; character++)
            {
                int at = list + (2 * (character - start));
                int glyph = at + 1 < table.Length ? table.UInt16(at) : 0;
                if (glyph != 0)
                    Add(character, character, (glyph + delta) & 0xFFFF);
            }
        }
    }

    /// <summary>Appends a run. If runs overlap, the first one wins, which bounds the work for a hostile font.</summary>
    private void Add(long start, long end, int glyph)
    {
        if (end > LastCharacter)
            throw new InvalidDataException("The character map exceeds Unicode.");
        int last = _ends.Count - 1;
        long from = last < 0 ? start : Math.Max(start, _ends[last] + 1L);
        if (from > end)
            return;
        glyph = (int)((glyph + from - start) & 0xFFFF);
        if (last >= 0 && from == _ends[last] + 1 && glyph == ((_glyphs[last] + from - _starts[last]) & 0xFFFF))
        {
            _ends[last] = (int)end;
            return;
        }

        _starts.Add((int)from);
        _ends.Add((int)end);
        _glyphs.Add(glyph);
    }
}
