using TorchBoard.Imaging;

namespace TorchBoard;

/// <summary>Turns numbers into colours. Thread-safe.</summary>
/// <remarks>
/// A map of n colours divides its range into n parts of equal size, as Matplotlib does; what lies outside takes the
/// colour at the end, and NaN is grey.
/// </remarks>
public sealed class ColourMap
{
    private static readonly Colour NotANumber = new(128, 128, 128);

    // Middling values are seen, small ones leave the picture alone.
    private const double FadeExponent = 0.75;

    private readonly Colour[] _colours;

    private ColourMap(Colour[] colours, float lowest = 0)
    {
        _colours = colours;
        Lowest = lowest;
    }

    /// <summary>Dark violet, green, yellow: even steps to the eye, also in grey and for the colour-blind.</summary>
    public static ColourMap Viridis { get; } = new(ColourTables.Load("viridis.bin"));

    /// <summary>Black, violet, pale yellow: even steps to the eye, and nothing is drawn black.</summary>
    public static ColourMap Magma { get; } = new(ColourTables.Load("magma.bin"));

    /// <summary>Blue, green, red: OpenCV's COLORMAP_JET, what class activation maps are drawn with.</summary>
    public static ColourMap Jet { get; } = new(ColourTables.Of(256, ColourTables.Jet));

    /// <summary>Black, red, yellow, white: Matplotlib's hot.</summary>
    public static ColourMap Hot { get; } = new(ColourTables.Of(256, ColourTables.Hot));

    /// <summary>Black to white.</summary>
    public static ColourMap Grey { get; } = new(
        ColourTables.Of(256, level => new((byte)level, (byte)level, (byte)level)));

    /// <summary>White to green: what is positive.</summary>
    public static ColourMap Greens { get; } = new(ColourTables.Of(256, ColourTables.WhiteToGreen));

    /// <summary>White to red: what is negative, by its magnitude.</summary>
    public static ColourMap Reds { get; } = new(ColourTables.Of(256, ColourTables.WhiteToRed));

    /// <summary>White to blue: magnitudes of either sign.</summary>
    public static ColourMap Blues { get; } = new(ColourTables.Of(256, ColourTables.WhiteToBlue));

    /// <summary>Blue below 0, white at 0, red above: -1 to 1, for signed values; also for the colour-blind.</summary>
    public static ColourMap BlueWhiteRed { get; } = new(
        ColourTables.Of(
            511,
            level =>
                level < 255 ? ColourTables.WhiteToDeepBlue(255 - level) : ColourTables.WhiteToDeepRed(level - 255)),
        lowest: -1);

    /// <summary>Red below 0, white at 0, green above: -1 to 1, for signed attributions.</summary>
    public static ColourMap RedWhiteGreen { get; } = new(
        ColourTables.Of(
            511, level => level < 255 ? ColourTables.WhiteToRed(255 - level) : ColourTables.WhiteToGreen(level - 255)),
        lowest: -1);

    /// <summary>White to deep blue, for counts with text on them.</summary>
    internal static ColourMap DeepBlues { get; } = new(ColourTables.Of(256, ColourTables.WhiteToDeepBlue));

    /// <summary>The value of the first colour: 0, or -1 of a map for signed values.</summary>
    public float Lowest { get; }

    /// <summary>The value of the last colour: 1.</summary>
    public float Highest { get; } = 1;

    /// <summary>Whether the map is for signed values, with 0 in its middle.</summary>
    public bool IsSigned => Lowest < 0;

    /// <summary>How many colours the map has: 256, or 511 of a map for signed values.</summary>
    public int Count => _colours.Length;

    /// <summary>The colour of a level.</summary>
    /// <param name="level">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such level.</exception>
    public Colour this[int level]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(level);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, Count);
            return _colours[level];
        }
    }

    /// <summary>The colour of a value.</summary>
    /// <param name="value">
    /// <see cref="Lowest"/> to <see cref="Highest"/>. What lies outside takes the colour at the end; NaN is grey.
    /// </param>
    public Colour Of(float value) => At((value - Lowest) / (Highest - Lowest));

    /// <summary>Draws a plane of values from <see cref="Lowest"/> to <see cref="Highest"/>, a pixel each.</summary>
    /// <param name="plane">The values: shape [height, width].</param>
    /// <param name="height">Rows; at least 1.</param>
    /// <param name="width">Columns; at least 1.</param>
    /// <returns>A picture in red, green and blue.</returns>
    /// <exception cref="ArgumentException">Sizes and number of values do not fit together.</exception>
    public Picture Apply(ReadOnlySpan<float> plane, int height, int width) =>
        Apply(plane, height, width, Lowest, Highest);

    /// <summary>Draws a plane of values, a pixel each.</summary>
    /// <param name="plane">The values: shape [height, width].</param>
    /// <param name="height">Rows; at least 1.</param>
    /// <param name="width">Columns; at least 1.</param>
    /// <param name="minimum">The value that takes the first colour; finite.</param>
    /// <param name="maximum">The value that takes the last colour; finite and greater.</param>
    /// <returns>A picture in red, green and blue.</returns>
    /// <exception cref="ArgumentException">
    /// Sizes and number of values do not fit together, or the range is none.
    /// </exception>
    public Picture Apply(ReadOnlySpan<float> plane, int height, int width, float minimum, float maximum)
    {
        PlaneShape.ThrowIfNot(plane.Length, height, width, nameof(plane));
        ThrowIfNoRange(minimum, maximum);
        return new Picture(Paint(plane, height, width, minimum, maximum));
    }

    /// <summary>
    /// Draws a plane of values, a pixel each, from its least finite value to its greatest; with a map for signed
    /// values, from minus its greatest magnitude to plus that, so that 0 stays in the middle.
    /// </summary>
    /// <param name="plane">
    /// The values: shape [height, width]. Values that are all the same take the colour of 0.
    /// </param>
    /// <param name="height">Rows; at least 1.</param>
    /// <param name="width">Columns; at least 1.</param>
    /// <returns>A picture in red, green and blue.</returns>
    /// <exception cref="ArgumentException">Sizes and number of values do not fit together.</exception>
    public Picture ApplyScaled(ReadOnlySpan<float> plane, int height, int width)
    {
        (float least, float greatest) = PlaneShape.FiniteRange(plane);
        if (IsSigned)
            (least, greatest) = (-MathF.Max(-least, greatest), MathF.Max(-least, greatest));
        return least < greatest
            ? Apply(plane, height, width, least, greatest)
            : Apply(plane, height, width, least + Lowest, least + Highest);
    }

    /// <summary>The colours of a map from 0 to 1, more and more see-through over white towards 0.</summary>
    internal static ColourMap FadedToWhite(ColourMap map)
    {
        var colours = new Colour[map.Count];
        for (int level = 0; level < colours.Length; level++)
        {
            double opacity = Math.Pow((double)level / (colours.Length - 1), FadeExponent);
            Colour full = map[level];
            colours[level] = new(
                Faded(full.Red, opacity), Faded(full.Green, opacity), Faded(full.Blue, opacity));
        }

        return new(colours);
    }

    internal Raster Paint(ReadOnlySpan<float> plane, int height, int width, double minimum, double maximum)
    {
        var raster = new Raster(width, height, 3);
        double scale = 1 / (maximum - minimum);
        for (int i = 0, to = 0; i < plane.Length; i++, to += 3)
        {
            Colour colour = At((plane[i] - minimum) * scale);
            (raster.Pixels[to], raster.Pixels[to + 1], raster.Pixels[to + 2]) = (colour.Red, colour.Green, colour.Blue);
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
                    $"A finite minimum below a finite maximum is wanted; the minimum is {minimum}."));
        }
    }

    private Colour At(double share)
    {
        if (double.IsNaN(share))
            return NotANumber;
        return _colours[(int)Math.Clamp(Math.Floor(share * Count), 0, Count - 1)];
    }
}
