using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

/// <summary>The colors of color maps.</summary>
internal static class ColorTables
{
    public static Color[] Of(int count, Func<int, Color> color) => [.. Enumerable.Range(0, count).Select(color)];

    public static Color[] Load(string name)
    {
        using Stream stream = typeof(ColorTables).Assembly.GetManifestResourceStream(name)!;
        byte[] table = new byte[stream.Length];
        stream.ReadExactly(table);
        return Of(table.Length / 3, level => new(table[3 * level], table[(3 * level) + 1], table[(3 * level) + 2]));
    }

    // Each channel rises and falls by 4 per level. OpenCV rounds halves to even, except for one entry that its table
    // has slightly below the half.
    public static Color Jet(int level)
    {
        double height = 4 * level;
        return new(
            Rounded(Math.Min(height - 382.5, 1147.5 - height)),
            Rounded(Math.Min(height - 127.5, 892.5 - height)),
            level == 159 ? (byte)1 : Rounded(Math.Min(height + 127.5, 637.5 - height)));

        static byte Rounded(double value) =>
            (byte)Math.Clamp(Math.Round(value, MidpointRounding.ToEven), 0, byte.MaxValue);
    }

    // Matplotlib's segments: red reaches its maximum at 0.365079, green at 0.746032.
    public static Color Hot(int level)
    {
        const double firstRed = 0.0416, redFull = 0.365079, greenFull = 0.746032;
        double share = level / 255.0;
        return new(
            ToByte(firstRed + (share / redFull * (1 - firstRed))),
            ToByte((share - redFull) / (greenFull - redFull)),
            ToByte((share - greenFull) / (1 - greenFull)));
    }

    /// <summary>Interpolates between colors at equal distances, given as 0xRRGGBB.</summary>
    public static Color[] Between(params int[] colors) => Of(256, level =>
    {
        double place = level / 255.0 * (colors.Length - 1);
        int below = Math.Min((int)place, colors.Length - 2);
        return Between(Parse(colors[below]), Parse(colors[below + 1]), place - below);

        static Color Parse(int color) => new((byte)(color >> 16), (byte)(color >> 8), (byte)color);
    });

    public static Color WhiteToGreen(int level) =>
        new((byte)(255 - level), (byte)(255 - (level * 127 / 255)), (byte)(255 - level));

    public static Color WhiteToRed(int level) => new(255, (byte)(255 - level), (byte)(255 - level));

    // Darkens toward the end, so that values in the upper half can be distinguished too.
    public static Color WhiteToDeepBlue(int level) => level < 170
        ? Between(new(255, 255, 255), new(0x3A, 0x8C, 0xC8), level / 170.0)
        : Between(new(0x3A, 0x8C, 0xC8), new(0x08, 0x30, 0x6B), (level - 170) / 85.0);

    public static Color WhiteToDeepRed(int level) => level < 170
        ? Between(new(255, 255, 255), new(0xE0, 0x5A, 0x3C), level / 170.0)
        : Between(new(0xE0, 0x5A, 0x3C), new(0x7F, 0x0A, 0x1E), (level - 170) / 85.0);

    private static Color Between(Color from, Color to, double share) => new(
        (byte)Math.Round(from.Red + ((to.Red - from.Red) * share)),
        (byte)Math.Round(from.Green + ((to.Green - from.Green) * share)),
        (byte)Math.Round(from.Blue + ((to.Blue - from.Blue) * share)));

    private static byte ToByte(double share) =>
        (byte)Math.Round(Math.Clamp(share, 0, 1) * 255, MidpointRounding.AwayFromZero);
}
