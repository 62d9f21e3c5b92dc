using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

/// <summary>
/// What each pixel contributes, ready to be drawn: attributions summed over channels, divided so that few outliers do
/// not drown the rest, and cut off at -1 and 1. It never changes, so threads may share it.
/// </summary>
/// <remarks>
/// The formula is that of Captum's <c>visualize_image_attr</c>: the divisor is the smallest magnitude at which the
/// magnitudes up to it sum to (100 - outliers) % of the sum of all.
/// </remarks>
public sealed class AttributionMap
{
    private const double DefaultOutlierPercent = 2;

    private readonly float[] _values;

    private AttributionMap(float[] values, int height, int width, AttributionSign sign, float scale)
    {
        _values = values;
        (Height, Width, Sign, Scale) = (height, width, sign, scale);
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Which attributions it shows.</summary>
    public AttributionSign Sign { get; }

    /// <summary>
    /// The magnitude that is drawn as 1, in the unit of the attributions: their divisor; 1 where all are 0.
    /// </summary>
    public float Scale { get; }

    /// <summary>
    /// The values to draw, shape [<see cref="Height"/>, <see cref="Width"/>]: -1 to 1 where both signs are shown,
    /// otherwise 0 to 1; NaN where an attribution is NaN.
    /// </summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Whether there is nothing to show: no attribution of that sign. The picture is white.</summary>
    public bool IsBlank => !_values.AsSpan().ContainsAnyExcept(0f);

    /// <summary>Makes a map of attributions.</summary>
    /// <param name="attributions">What each value of the input contributes; any numbers.</param>
    /// <param name="shape">
    /// Their shape: [height, width], [channels, height, width] or [1, channels, height, width].
    /// </param>
    /// <param name="sign">Which attributions to show; those of both signs by default.</param>
    /// <param name="outlierPercent">
    /// Which share of the sum of magnitudes may lie in outliers, in percent: 0 to less than 100, 2 by default.
    /// </param>
    /// <exception cref="ArgumentException">
    /// Shape and number of attributions do not fit together, or an argument is out of its range.
    /// </exception>
    public static AttributionMap Of(
        ReadOnlySpan<float> attributions, ReadOnlySpan<int> shape, AttributionSign sign = AttributionSign.Both,
        double outlierPercent = DefaultOutlierPercent) => Of(attributions, shape, sign, outlierPercent, 0, null);

    /// <summary>Makes a map of which the divisor is at least that large, or which has that divisor.</summary>
    internal static AttributionMap Of(
        ReadOnlySpan<float> attributions, ReadOnlySpan<int> shape, AttributionSign sign, double leastScale,
        double? scale) =>
        Of(attributions, shape, sign, DefaultOutlierPercent, leastScale, scale);

    private static AttributionMap Of(
        ReadOnlySpan<float> attributions, ReadOnlySpan<int> shape, AttributionSign sign, double outlierPercent,
        double leastScale, double? scale)
    {
        if (outlierPercent is not (>= 0 and < 100))
        {
            throw new ArgumentOutOfRangeException(
                nameof(outlierPercent), outlierPercent, "0 to less than 100 percent are wanted.");
        }

        if (!Enum.IsDefined(sign))
            throw new ArgumentOutOfRangeException(nameof(sign), sign, "There is no such sign.");
        if (shape.Length is not (2 or 3) && !(shape.Length == 4 && shape[0] == 1))
        {
            throw new ArgumentException(
                "The attributions of one picture are [height, width] or [channels, height, width]; the shape is "
                + $"[{string.Join(", ", shape.ToArray())}].",
                nameof(shape));
        }

        PlaneShape planes = PlaneShape.Of(shape, attributions.Length, nameof(shape));
        float[] values = new float[planes.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double sum = 0;
            for (int at = i; at < attributions.Length; at += values.Length)
                sum += attributions[at];
            values[i] = (float)Shown(sum, sign);
        }

        float divisor = (float)(scale ?? Math.Max(Divisor(values, outlierPercent), leastScale));
        if (!(divisor > 0))
            divisor = 1;
        for (int i = 0; i < values.Length; i++)
            values[i] = Math.Clamp(values[i] / divisor, -1, 1);
        return new(values, planes.Height, planes.Width, sign, divisor);
    }

    /// <summary>
    /// Draws the map: both signs in <see cref="ColorMap.RedWhiteGreen"/>, positive in <see cref="ColorMap.Greens"/>,
    /// negative in <see cref="ColorMap.Reds"/>, magnitudes in <see cref="ColorMap.Blues"/>. NaN is gray.
    /// </summary>
    /// <param name="map">Other colors; where both signs are shown, a map for signed values.</param>
    /// <exception cref="ArgumentException">
    /// The colors are for signed values and the map is not, or the reverse.
    /// </exception>
    public Picture ToPicture(ColorMap? map = null)
    {
        map ??= Colors;
        if (map.IsSigned != (Sign == AttributionSign.Both))
        {
            throw new ArgumentException(
                map.IsSigned
                    ? "The values are 0 to 1; the colors are for signed values."
                    : "The values are signed; the colors are not.",
                nameof(map));
        }

        return map.Apply(_values, Height, Width);
    }

    /// <summary>Draws the map over a picture in gray, so that the colors are those of the map alone.</summary>
    /// <param name="picture">What was explained, of the map's size.</param>
    /// <param name="opacity">How much of the map: 0 (none) to 1 (it alone), 0.5 by default.</param>
    /// <exception cref="ArgumentException">The picture is of another size, or the opacity out of its range.</exception>
    public Picture Over(Picture picture, float opacity = 0.5f)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Opacity.ThrowIfNone(opacity, nameof(opacity));
        if ((picture.Height, picture.Width) != (Height, Width))
        {
            throw new ArgumentException(
                $"The picture is {picture.Height} × {picture.Width}; the map is {Height} × {Width}.", nameof(picture));
        }

        Raster over = ToPicture().Raster.Copy();
        for (int i = 0; i < _values.Length; i++)
        {
            Color under = picture[i / Width, i % Width];
            byte gray = (byte)((under.Red + under.Green + under.Blue + 1) / 3);
            Opacity.Mix(over.Pixels.AsSpan(3 * i), new Color(gray, gray, gray), 1 - opacity);
        }

        return new(over);
    }

    /// <summary>The colors of what it shows.</summary>
    internal ColorMap Colors => Sign switch
    {
        AttributionSign.Positive => ColorMap.Greens,
        AttributionSign.Negative => ColorMap.Reds,
        AttributionSign.Absolute => ColorMap.Blues,
        _ => ColorMap.RedWhiteGreen,
    };

    private static double Shown(double sum, AttributionSign sign) => sign switch
    {
        AttributionSign.Positive => Math.Max(sum, 0),
        AttributionSign.Negative => Math.Max(-sum, 0),
        AttributionSign.Absolute => Math.Abs(sum),
        _ => sum,
    };

    private static float Divisor(float[] values, double outlierPercent)
    {
        float[] magnitudes = [.. values.Where(float.IsFinite).Select(MathF.Abs).Order()];
        double wanted = magnitudes.Sum(m => (double)m) * (100 - outlierPercent) / 100;
        double sum = 0;
        foreach (float magnitude in magnitudes)
        {
            sum += magnitude;
            if (sum >= wanted)
                return magnitude;
        }

        // Rounding may leave the sum short of the whole.
        return magnitudes.LastOrDefault();
    }
}
