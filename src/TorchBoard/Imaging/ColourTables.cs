namespace TorchBoard.Imaging;

/// <summary>The colours of colour maps.</summary>
internal static class ColourTables
{
    public static Colour[] Of(int count, Func<int, Colour> colour) => [.. Enumerable.Range(0, count).Select(colour)];

    public static Colour[] Load(string name)
    {
        using Stream stream = typeof(ColourTables).Assembly.GetManifestResourceStream(name)!;
        byte[] table = new byte[stream.Length];
        stream.ReadExactly(table);
        return Of(table.Length / 3, level => new(table[3 * level], table[(3 * level) + 1], table[(3 * level) + 2]));
    }

    // Each channel rises by 4 a level and falls as fast; OpenCV rounds halves to even.
    public static Colour Jet(int level)
    {
        double height = 4 * level;
        return new(
            Rounded(Math.Min(height - 382.5, 1147.5 - height)),
            Rounded(Math.Min(height - 127.5, 892.5 - height)),
            Rounded(Math.Min(height + 127.5, 637.5 - height)));

        static byte Rounded(double value) => (byte)Math.Clamp(Math.Round(value, MidpointRounding.ToEven), 0, byte.MaxValue);
    }

    // Matplotlib's segments: red is full at 0.365079, green at 0.746032.
    public static Colour Hot(int level)
    {
        const double firstRed = 0.0416, redFull = 0.365079, greenFull = 0.746032;
        double share = level / 255.0;
        return new(
            ToByte(firstRed + (share / redFull * (1 - firstRed))),
            ToByte((share - redFull) / (greenFull - redFull)),
            ToByte((share - greenFull) / (1 - greenFull)));
    }

    public static Colour WhiteToGreen(int level) =>
        new((byte)(255 - level), (byte)(255 - (level * 127 / 255)), (byte)(255 - level));

    public static Colour WhiteToRed(int level) => new(255, (byte)(255 - level), (byte)(255 - level));

    public static Colour WhiteToBlue(int level) => new((byte)(255 - level), (byte)(255 - level), 255);

    private static byte ToByte(double share) => (byte)Math.Round(Math.Clamp(share, 0, 1) * 255, MidpointRounding.AwayFromZero);
}
