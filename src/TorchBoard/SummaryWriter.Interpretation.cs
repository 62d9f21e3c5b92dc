using TorchBoard.Interpretation;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>Attributions of smaller pictures are enlarged to about as many rows or columns.</summary>
    private const int LegibleAttribution = 128;

    private const string Blank = "all zero";

    /// <summary>
    /// Adds what each pixel contributes to a score to the Images dashboard: green what speaks for it, red against it.
    /// </summary>
    /// <param name="tag">The tag, such as <c>explanations/shap</c>.</param>
    /// <param name="attribution">
    /// The attribution, shape [H, W] or [C, H, W]; summed over channels, and scaled so that 2 % of its sum may lie in
    /// outliers.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="picture">
    /// What was explained, of the same height and width, to be shown in grey below; none by default.
    /// </param>
    /// <param name="sign">Which values are shown; those of both signs by default.</param>
    /// <param name="wallTime">When it was had; now by default.</param>
    /// <remarks>
    /// A picture of less than 128 rows and columns is enlarged by a whole number. Where all values are zero, nothing is
    /// coloured, and the picture says so.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, the attribution is not that of a picture, or the picture is of
    /// another size.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddAttribution(
        string tag, Attribution attribution, long step, Picture? picture = null,
        AttributionSign sign = AttributionSign.Both, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(attribution);
        AddImage(tag, Draw(attribution, picture, sign), step, wallTime);
    }

    /// <summary>
    /// Adds a class activation map, over the picture that it explains, to the Images dashboard: red where the layer
    /// found what speaks for the class.
    /// </summary>
    /// <param name="tag">The tag, such as <c>gradcam/layer4</c>.</param>
    /// <param name="map">
    /// The map, 0 to 1, shape [H, W] or [1, H, W]; of another size than the picture, it is resized.
    /// </param>
    /// <param name="picture">What was explained.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="wallTime">When it was had; now by default.</param>
    /// <remarks>
    /// A picture of less than 128 rows and columns is enlarged by a whole number. Where the whole map is zero, the
    /// picture alone is shown, and says so.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, or the map has another shape, such as that of several.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddActivationMap(
        string tag, Attribution map, Picture picture, long step, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(picture);
        AddImage(tag, DrawActivationMap(map, picture), step, wallTime);
    }

    /// <summary>
    /// Draws an attribution as <see cref="AddAttribution(string, Attribution, long, Picture?, AttributionSign,
    /// DateTimeOffset?)"/> does.
    /// </summary>
    internal static Picture Draw(Attribution attribution, Picture? picture, AttributionSign sign)
    {
        AttributionMap map = AttributionMap.Of(attribution.ToFloats(), attribution.Shape, sign);
        return Legible(picture is null ? map.ToPicture() : map.Over(picture), map.IsBlank);
    }

    /// <summary>Draws a class activation map over a picture as it is added.</summary>
    internal static Picture DrawActivationMap(Attribution map, Picture picture) =>
        Legible(map.IsAllZero ? picture : picture.WithHeat(map.ToFloats(), map.Shape), map.IsAllZero);

    private static Picture Legible(Picture picture, bool isBlank)
    {
        int scale = Math.Max(LegibleAttribution / Math.Max(picture.Height, picture.Width), 1);
        Picture legible = scale == 1
            ? picture
            : picture.Resize(picture.Height * scale, picture.Width * scale, Interpolation.Nearest);
        return isBlank
            ? legible.WithBoxes([new BoundingBox(0, 0, legible.Width - 1, legible.Height - 1, Blank)])
            : legible;
    }
}
