using TorchBoard.Drawing;
using TorchBoard.Imaging;

namespace TorchBoard.Panels;

/// <summary>Colors of a map laid over a picture, so that both can be read.</summary>
/// <remarks>
/// The picture is made gray and pale: black becomes a light gray, white stays. Over it the colors of a map that is
/// white at 0 are multiplied; where the map is strong, the picture fades to a trace, so that the colors are those of
/// the color bar.
/// </remarks>
internal static class Tint
{
    /// <summary>How much of the picture's contrast stays where the map is 0.</summary>
    private const float Contrast = 0.4f;

    /// <summary>How much of that is lost where the map is at its end.</summary>
    private const float Cover = 0.75f;

    /// <summary>Jet faded out towards 0: white, pale blue, green, red.</summary>
    public static ColorMap Heat { get; } = ColorMap.FadedToWhite(ColorMap.Jet);

    /// <summary>Draws values over a picture of their size, or over white.</summary>
    /// <param name="values">Shape [height, width], within the range of the colors.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="colors">Colors that are white at 0.</param>
    /// <param name="picture">What lies below; null for white.</param>
    public static Raster Draw(ReadOnlySpan<float> values, int height, int width, ColorMap colors, Picture? picture)
    {
        Raster drawn = colors.Paint(values, height, width, colors.Lowest, colors.Highest);
        if (picture is null)
            return drawn;
        for (int i = 0; i < values.Length; i++)
        {
            Color under = picture[i / width, i % width];
            float dark = Contrast * (1 - ((under.Red + under.Green + under.Blue) / (3f * byte.MaxValue)));
            float strength = float.IsNaN(values[i]) ? 1 : Math.Min(Math.Abs(values[i]), 1);
            float light = 1 - ((1 - (Cover * strength)) * dark);
            foreach (ref byte channel in drawn.Pixels.AsSpan(3 * i, 3))
                channel = (byte)MathF.Round(channel * light);
        }

        return drawn;
    }
}
