using TorchBoard.Drawing;
using TorchBoard.Imaging;

namespace TorchBoard.Panels;

/// <summary>Draws the colors of a map over a picture so that both remain visible.</summary>
/// <remarks>
/// The picture is converted to pale gray: black becomes light gray, white stays. The colors of a map that is white at 0
/// are multiplied onto it. Where the map is strong, the picture fades almost completely, so that the colors match the
/// color bar.
/// </remarks>
internal static class Tint
{
    /// <summary>The fraction of the picture's contrast that remains where the map is 0.</summary>
    private const float Contrast = 0.4f;

    /// <summary>The fraction of that contrast that is lost at the end of the map's scale.</summary>
    private const float Cover = 0.75f;

    /// <summary>Jet, faded to white at 0: white, pale blue, green, red.</summary>
    public static ColorMap Heat { get; } = ColorMap.FadedToWhite(ColorMap.Jet);

    /// <summary>Draws values over a picture of the same size, or over white.</summary>
    /// <param name="values">Shape [height, width], within the range of the colors.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="colors">Colors that are white at 0.</param>
    /// <param name="picture">The picture below; null for white.</param>
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
