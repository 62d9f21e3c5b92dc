namespace TorchBoard.Drawing.Fonts;

/// <summary>Adjustments of the advance between two glyphs: the table kern, format 0.</summary>
internal sealed class KerningPairs
{
    private readonly Dictionary<int, int> _pairs = [];

    private KerningPairs()
    {
    }

    public static KerningPairs None { get; } = new();

    /// <summary>Reads the pairs; none if the table has another format.</summary>
    public static KerningPairs Read(FontTable table)
    {
        const int header = 4 + 14;
        const int horizontalInFormat0 = 1;
        var kerning = new KerningPairs();
        if (table.UInt16(0) != 0 || table.UInt16(2) == 0 || (table.UInt16(8) & 0xFF07) != horizontalInFormat0)
            return kerning;
        int count = Math.Min(table.UInt16(10), (table.Length - header) / 6);
        for (int i = 0; i < count; i++)
        {
            int pair = header + (6 * i);
            kerning._pairs[(table.UInt16(pair) << 16) | table.UInt16(pair + 2)] = table.Int16(pair + 4);
        }

        return kerning;
    }

    public int Between(int glyph, int next) => _pairs.GetValueOrDefault((glyph << 16) | next);
}
