using System.Globalization;
using System.Text;

namespace TorchBoard.Tool.Output.Pictures;

/// <summary>A picture in the graphics of DEC terminals: bands of six rows, color by color.</summary>
internal static class SixelPicture
{
    private const int MostColors = 256;
    private const int Band = 6;

    public static string Of(DecodedPicture picture)
    {
        (byte R, byte G, byte B)[] colors = new (byte, byte, byte)[picture.Width * picture.Height];
        for (int i = 0; i < colors.Length; i++)
            colors[i] = picture.ColorAt(i % picture.Width, i / picture.Width);
        if (colors.Distinct().Take(MostColors + 1).Count() > MostColors)
            colors = Array.ConvertAll(colors, Reduced);
        (byte R, byte G, byte B)[] palette = [.. colors.Distinct()];
        var numbers = palette.Select((color, number) => (color, number)).ToDictionary(pair => pair.color, pair => pair.number);

        var text = new StringBuilder("\ePq");
        text.Append(CultureInfo.InvariantCulture, $"\"1;1;{picture.Width};{picture.Height}");
        for (int i = 0; i < palette.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"#{i};2;{Percent(palette[i].R)};{Percent(palette[i].G)};{Percent(palette[i].B)}");
        for (int top = 0; top < picture.Height; top += Band)
        {
            int rows = Math.Min(Band, picture.Height - top);
            AddBand(text, colors.AsSpan(top * picture.Width, rows * picture.Width), picture.Width, numbers);
            text.Append('-');
        }

        return text.Append("\e\\").ToString();
    }

    private static void AddBand(
        StringBuilder text, Span<(byte, byte, byte)> colors, int width, Dictionary<(byte, byte, byte), int> numbers)
    {
        var masks = new SortedDictionary<int, byte[]>();
        for (int i = 0; i < colors.Length; i++)
        {
            int number = numbers[colors[i]];
            if (!masks.TryGetValue(number, out byte[]? mask))
                masks.Add(number, mask = new byte[width]);
            mask[i % width] |= (byte)(1 << (i / width));
        }

        foreach ((int number, byte[] mask) in masks)
        {
            text.Append(CultureInfo.InvariantCulture, $"#{number}");
            for (int x = 0; x < width;)
            {
                int end = x + 1;
                while (end < width && mask[end] == mask[x])
                    end++;
                char sixel = (char)('?' + mask[x]);
                if (end - x > 3)
                    text.Append(CultureInfo.InvariantCulture, $"!{end - x}{sixel}");
                else
                    text.Append(sixel, end - x);
                x = end;
            }

            text.Append('$');
        }
    }

    // Six levels of red, seven of green, six of blue.
    private static (byte R, byte G, byte B) Reduced((byte R, byte G, byte B) color) =>
        (Level(color.R, 6), Level(color.G, 7), Level(color.B, 6));

    private static byte Level(byte value, int levels) =>
        (byte)Math.Round(Math.Round(value / 255.0 * (levels - 1)) * 255 / (levels - 1));

    private static int Percent(byte value) => ((value * 100) + 127) / 255;
}
