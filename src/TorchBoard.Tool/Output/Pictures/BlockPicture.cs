using System.Globalization;
using System.Text;

namespace TorchBoard.Tool.Output.Pictures;

/// <summary>A picture as characters: half blocks with two colors, or shades where there are no colors.</summary>
internal static class BlockPicture
{
    private const string Shades = " ░▒▓█";

    /// <param name="picture">The picture, with a pixel for each column and two for each line.</param>
    /// <param name="color">Whether to use colors.</param>
    /// <param name="manyColors">Whether the terminal has all colors instead of 256.</param>
    public static IEnumerable<string> Lines(DecodedPicture picture, bool color, bool manyColors)
    {
        for (int y = 0; y < picture.Height; y += 2)
        {
            var line = new StringBuilder();
            string before = "";
            for (int x = 0; x < picture.Width; x++)
            {
                var upper = picture.ColorAt(x, y);
                (byte, byte, byte)? lower = y + 1 < picture.Height ? picture.ColorAt(x, y + 1) : null;
                if (!color)
                {
                    line.Append(Shade(upper, lower ?? upper));
                    continue;
                }

                string colors = $"\e[{Code(38, upper, manyColors)};{(lower is { } below ? Code(48, below, manyColors) : "49")}m";
                line.Append(colors == before ? "" : colors).Append('▀');
                before = colors;
            }

            yield return color ? line.Append("\e[0m").ToString() : line.ToString().TrimEnd();
        }
    }

    private static string Code(int layer, (byte R, byte G, byte B) color, bool manyColors) => manyColors
        ? string.Create(CultureInfo.InvariantCulture, $"{layer};2;{color.R};{color.G};{color.B}")
        : string.Create(CultureInfo.InvariantCulture, $"{layer};5;{16 + (36 * Sixth(color.R)) + (6 * Sixth(color.G)) + Sixth(color.B)}");

    // The cube of 256 colors has the levels 0, 95, 135, 175, 215 and 255.
    private static int Sixth(byte value) => value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40;

    private static char Shade((byte R, byte G, byte B) upper, (byte R, byte G, byte B) lower) =>
        Shades[(int)Math.Round((Brightness(upper) + Brightness(lower)) / 2 * (Shades.Length - 1))];

    private static double Brightness((byte R, byte G, byte B) color) => ((0.299 * color.R) + (0.587 * color.G) + (0.114 * color.B)) / 255;
}
