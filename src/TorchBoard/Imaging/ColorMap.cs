using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

/// <summary>A map from numbers to colors. Thread-safe.</summary>
/// <remarks>
/// A map of n colors divides its range into n parts of equal size, as Matplotlib does. Values outside the range take
/// the color at the nearer end; NaN is gray.
/// </remarks>
public sealed class ColorMap
{
    private static readonly Color NotANumber = new(128, 128, 128);

    // Keeps medium values visible and small values nearly transparent.
    private const double FadeExponent = 0.75;

    private readonly Color[] _colors;

    private ColorMap(Color[] colors, float lowest = 0)
    {
        _colors = colors;
        Lowest = lowest;
    }

    /// <summary>Dark violet, green, yellow: perceptually uniform, also in gray and for color-blind readers.</summary>
    public static ColorMap Viridis { get; } = new(ColorTables.Load("viridis.bin"));

    /// <summary>Black, violet, pale yellow: perceptually uniform; the smallest value is black.</summary>
    public static ColorMap Magma { get; } = new(ColorTables.Load("magma.bin"));

    /// <summary>Blue, green, red: OpenCV's COLORMAP_JET, the usual colors of class activation maps.</summary>
    public static ColorMap Jet { get; } = new(ColorTables.Of(256, ColorTables.Jet));

    /// <summary>Black, red, yellow, white: Matplotlib's hot.</summary>
    public static ColorMap Hot { get; } = new(ColorTables.Of(256, ColorTables.Hot));

    /// <summary>Black to white.</summary>
    public static ColorMap Gray { get; } = new(
        ColorTables.Of(256, level => new((byte)level, (byte)level, (byte)level)));

    /// <summary>Nearly white to dark green, for positive values: ColorBrewer's Greens, as in Matplotlib.</summary>
    public static ColorMap Greens { get; } = new(ColorTables.Between(
        0xF7FCF5, 0xE5F5E0, 0xC7E9C0, 0xA1D99B, 0x74C476, 0x41AB5D, 0x238B45, 0x006D2C, 0x00441B));

    /// <summary>
    /// Nearly white to dark red, for magnitudes of negative values: ColorBrewer's Reds, as in Matplotlib.
    /// </summary>
    public static ColorMap Reds { get; } = new(ColorTables.Between(
        0xFFF5F0, 0xFEE0D2, 0xFCBBA1, 0xFC9272, 0xFB6A4A, 0xEF3B2C, 0xCB181D, 0xA50F15, 0x67000D));

    /// <summary>
    /// Nearly white to dark blue, for magnitudes of either sign: ColorBrewer's Blues, as in Matplotlib.
    /// </summary>
    public static ColorMap Blues { get; } = new(ColorTables.Between(
        0xF7FBFF, 0xDEEBF7, 0xC6DBEF, 0x9ECAE1, 0x6BAED6, 0x4292C6, 0x2171B5, 0x08519C, 0x08306B));

    /// <summary>
    /// Blue below 0, white at 0, red above: -1 to 1, for signed values; also for color-blind readers.
    /// </summary>
    public static ColorMap BlueWhiteRed { get; } = new(
        ColorTables.Of(
            511,
            level =>
                level < 255 ? ColorTables.WhiteToDeepBlue(255 - level) : ColorTables.WhiteToDeepRed(level - 255)),
        lowest: -1);

    /// <summary>Red below 0, white at 0, green above: -1 to 1, for signed attributions.</summary>
    public static ColorMap RedWhiteGreen { get; } = new(
        ColorTables.Of(
            511, level => level < 255 ? ColorTables.WhiteToRed(255 - level) : ColorTables.WhiteToGreen(level - 255)),
        lowest: -1);

    /// <summary>White to deep blue, for counts that text is drawn on.</summary>
    internal static ColorMap DeepBlues { get; } = new(ColorTables.Of(256, ColorTables.WhiteToDeepBlue));

    /// <summary>Blue, violet, red: equally dark, for points on white; similar to shap's colors.</summary>
    internal static ColorMap BlueVioletRed { get; } = new(
        ColorTables.Between(0x008BFB, 0x7D6BE8, 0xB94DC0, 0xE42B88, 0xFF0051));

    /// <summary>The value of the first color: 0, or -1 for a map for signed values.</summary>
    public float Lowest { get; }

    /// <summary>The value of the last color: 1.</summary>
    public float Highest { get; } = 1;

    /// <summary>Whether the map is for signed values, with 0 in the middle.</summary>
    public bool IsSigned => Lowest < 0;

    /// <summary>Number of colors: 256, or 511 for a map for signed values.</summary>
    public int Count => _colors.Length;

    /// <summary>The color of a level.</summary>
    /// <param name="level">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is out of range.</exception>
    public Color this[int level]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(level);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, Count);
            return _colors[level];
        }
    }

    /// <summary>The color of a value.</summary>
    /// <param name="value">
    /// <see cref="Lowest"/> to <see cref="Highest"/>. Values outside take the color at the nearer end; NaN is gray.
    /// </param>
    public Color Of(float value) => At((value - Lowest) / (Highest - Lowest));

    /// <summary>
    /// Draws a plane of values from <see cref="Lowest"/> to <see cref="Highest"/>, one pixel per value.
    /// </summary>
    /// <param name="plane">The values: shape [height, width].</param>
    /// <param name="height">Number of rows; at least 1.</param>
    /// <param name="width">Number of columns; at least 1.</param>
    /// <returns>An RGB picture.</returns>
    /// <exception cref="ArgumentException">The sizes do not match the number of values.</exception>
    public Picture Apply(ReadOnlySpan<float> plane, int height, int width) =>
        Apply(plane, height, width, Lowest, Highest);

    /// <summary>Draws a plane of values, one pixel per value.</summary>
    /// <param name="plane">The values: shape [height, width].</param>
    /// <param name="height">Number of rows; at least 1.</param>
    /// <param name="width">Number of columns; at least 1.</param>
    /// <param name="minimum">The value of the first color; finite.</param>
    /// <param name="maximum">The value of the last color; finite and greater than <paramref name="minimum"/>.</param>
    /// <returns>An RGB picture.</returns>
    /// <exception cref="ArgumentException">
    /// The sizes do not match the number of values, or the range is empty or not finite.
    /// </exception>
    public Picture Apply(ReadOnlySpan<float> plane, int height, int width, float minimum, float maximum)
    {
        PlaneShape.ThrowIfNot(plane.Length, height, width, nameof(plane));
        ThrowIfNoRange(minimum, maximum);
        return new Picture(Paint(plane, height, width, minimum, maximum));
    }

    /// <summary>
    /// Draws a plane of values, one pixel per value, scaled from its smallest finite value to its largest. A map for
    /// signed values is scaled from minus the largest magnitude to plus the largest, so that 0 stays in the middle.
    /// </summary>
    /// <param name="plane">
    /// The values: shape [height, width]. If all values are equal, they take the color of 0.
    /// </param>
    /// <param name="height">Number of rows; at least 1.</param>
    /// <param name="width">Number of columns; at least 1.</param>
    /// <returns>An RGB picture.</returns>
    /// <exception cref="ArgumentException">The sizes do not match the number of values.</exception>
    public Picture ApplyScaled(ReadOnlySpan<float> plane, int height, int width)
    {
        (float least, float greatest) = PlaneShape.FiniteRange(plane);
        if (IsSigned)
            (least, greatest) = (-MathF.Max(-least, greatest), MathF.Max(-least, greatest));
        return least < greatest
            ? Apply(plane, height, width, least, greatest)
            : Apply(plane, height, width, least + Lowest, least + Highest);
    }

    /// <summary>The colors of a map from 0 to 1 over white, increasingly transparent toward 0.</summary>
    internal static ColorMap FadedToWhite(ColorMap map)
    {
        var colors = new Color[map.Count];
        for (int level = 0; level < colors.Length; level++)
        {
            double opacity = Math.Pow((double)level / (colors.Length - 1), FadeExponent);
            Color full = map[level];
            colors[level] = new(
                Faded(full.Red, opacity), Faded(full.Green, opacity), Faded(full.Blue, opacity));
        }

        return new(colors);
    }

    internal Raster Paint(ReadOnlySpan<float> plane, int height, int width, double minimum, double maximum)
    {
        var raster = new Raster(width, height, 3);
        double scale = 1 / (maximum - minimum);
        for (int i = 0, to = 0; i < plane.Length; i++, to += 3)
        {
            Color color = At((plane[i] - minimum) * scale);
            (raster.Pixels[to], raster.Pixels[to + 1], raster.Pixels[to + 2]) = (color.Red, color.Green, color.Blue);
        }

        return raster;
    }

    private static byte Faded(byte channel, double opacity) =>
        (byte)Math.Round(byte.MaxValue - ((byte.MaxValue - channel) * opacity));

    private static void ThrowIfNoRange(float minimum, float maximum)
    {
        if (!(float.IsFinite(minimum) && float.IsFinite(maximum) && minimum < maximum))
        {
            throw new ArgumentOutOfRangeException(
                nameof(maximum), maximum,
                FormattableString.Invariant(
                    $"The maximum must be finite and greater than the minimum, which must be finite; was {minimum}."));
        }
    }

    private Color At(double share)
    {
        if (double.IsNaN(share))
            return NotANumber;
        return _colors[(int)Math.Clamp(Math.Floor(share * Count), 0, Count - 1)];
    }
}
