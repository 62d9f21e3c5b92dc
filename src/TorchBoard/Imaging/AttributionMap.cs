using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

/// <summary>
/// The contribution of each pixel, ready to draw: attributions summed over channels, scaled so that a few outliers do
/// not hide the rest, and clipped to -1 to 1. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// Uses the formula of Captum's <c>visualize_image_attr</c>: the divisor is the smallest magnitude for which the
/// magnitudes up to it sum to (100 - outliers) % of the total.
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

    /// <summary>Number of rows.</summary>
    public int Height { get; }

    /// <summary>Number of columns.</summary>
    public int Width { get; }

    /// <summary>The sign of the attributions shown.</summary>
    public AttributionSign Sign { get; }

    /// <summary>
    /// The magnitude drawn as 1, in the unit of the attributions: their divisor. 1 if all attributions are 0.
    /// </summary>
    public float Scale { get; }

    /// <summary>
    /// The values to draw, shape [<see cref="Height"/>, <see cref="Width"/>]: -1 to 1 if both signs are shown,
    /// otherwise 0 to 1. NaN where an attribution is NaN.
    /// </summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Whether all values are 0: no attribution has the sign shown. The picture is then white.</summary>
    public bool IsBlank => !_values.AsSpan().ContainsAnyExcept(0f);

    /// <summary>Creates a map from attributions.</summary>
    /// <param name="attributions">The contribution of each input value; any numbers.</param>
    /// <param name="shape">
    /// Their shape: [height, width], [channels, height, width] or [1, channels, height, width].
    /// </param>
    /// <param name="sign">The sign of the attributions to show; both signs by default.</param>
    /// <param name="outlierPercent">
    /// The percentage of the sum of magnitudes that counts as outliers; at least 0 and less than 100, 2 by default.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The shape does not match the number of attributions, or an argument is out of range.
    /// </exception>
    public static AttributionMap Of(
        ReadOnlySpan<float> attributions, ReadOnlySpan<int> shape, AttributionSign sign = AttributionSign.Both,
        double outlierPercent = DefaultOutlierPercent) => Of(attributions, shape, sign, outlierPercent, 0, null);

    /// <summary>
    /// Creates a map whose divisor is at least <paramref name="leastScale"/>, or is <paramref name="scale"/> if given.
    /// </summary>
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
                nameof(outlierPercent), outlierPercent, "The percentage must be at least 0 and less than 100.");
        }

        if (!Enum.IsDefined(sign))
            throw new ArgumentOutOfRangeException(nameof(sign), sign, "The value is not a defined sign.");
        if (shape.Length is not (2 or 3) && !(shape.Length == 4 && shape[0] == 1))
        {
            throw new ArgumentException(
                "The shape must be [height, width], [channels, height, width] or [1, channels, height, width]; was "
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
    /// Draws the map. The default colors are <see cref="ColorMap.RedWhiteGreen"/> for both signs,
    /// <see cref="ColorMap.Greens"/> for positive, <see cref="ColorMap.Reds"/> for negative and
    /// <see cref="ColorMap.Blues"/> for absolute values. NaN is gray.
    /// </summary>
    /// <param name="map">Other colors; must be a map for signed values exactly if both signs are shown.</param>
    /// <exception cref="ArgumentException">
    /// The colors are for signed values and the map's values are not signed, or the reverse.
    /// </exception>
    public Picture ToPicture(ColorMap? map = null)
    {
        map ??= Colors;
        if (map.IsSigned != (Sign == AttributionSign.Both))
        {
            throw new ArgumentException(
                map.IsSigned
                    ? "The color map is for signed values; the map's values are 0 to 1."
                    : "The color map must be for signed values; the map's values are signed.",
                nameof(map));
        }

        return map.Apply(_values, Height, Width);
    }

    /// <summary>Draws the map over a gray version of a picture, so that all colors come from the map.</summary>
    /// <param name="picture">The explained picture; the same size as the map.</param>
    /// <param name="opacity">The opacity of the map: 0 (invisible) to 1 (opaque), 0.5 by default.</param>
    /// <exception cref="ArgumentException">
    /// The picture's size differs from the map's, or the opacity is out of range.
    /// </exception>
    public Picture Over(Picture picture, float opacity = 0.5f)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Opacity.ThrowIfNone(opacity, nameof(opacity));
        if ((picture.Height, picture.Width) != (Height, Width))
        {
            throw new ArgumentException(
                $"The picture must be {Height} × {Width}, like the map; was {picture.Height} × {picture.Width}.",
                nameof(picture));
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

    /// <summary>The default colors for the sign shown.</summary>
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

        // Rounding may leave the sum below the target.
        return magnitudes.LastOrDefault();
    }
}
