using TorchBoard.Imaging;
using TorchBoard.Interpretation;
using TorchBoard.Panels;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>
    /// Adds what each part of an input contributes to a score to the Images dashboard, with method, class, score and
    /// scale: over a picture, green what speaks for the score and red what speaks against it; of a vector, a bar for
    /// each feature.
    /// </summary>
    /// <param name="tag">The tag, such as <c>explanations/shap</c>.</param>
    /// <param name="attribution">
    /// The attribution: shape [H, W] or [C, H, W], summed over channels, or [features] of a vector.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="picture">
    /// What was explained, of the same height and width; none by default. Without effect on vectors.
    /// </param>
    /// <param name="options">
    /// The method's name, the class, the score (that of the attribution by default), names of features, and how it is
    /// drawn.
    /// </param>
    /// <param name="wallTime">The time stamp; now by default.</param>
    /// <remarks>
    /// <see cref="AttributionPicture"/> says how the colors are scaled. Where all values are zero, nothing is colored,
    /// and the picture says so.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, the attribution is neither that of a picture nor of a vector, the
    /// picture is of another size, or there are not as many names as features.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddAttribution(
        string tag, Attribution attribution, long step, Picture? picture = null,
        AttributionPictureOptions? options = null, DateTimeOffset? wallTime = null) =>
        AddImage(tag, AttributionPicture.Draw(attribution, picture, options), step, wallTime);

    /// <summary>
    /// Adds a class activation map, over the picture that it explains, to the Images dashboard, with method, class,
    /// score and scale: red where the layer found what speaks for the class.
    /// </summary>
    /// <param name="tag">The tag, such as <c>gradcam/layer4</c>.</param>
    /// <param name="map">
    /// The map, 0 to 1, shape [H, W] or [1, H, W]; of another size than the picture, it is resized.
    /// </param>
    /// <param name="picture">What was explained.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="options">The method's name, the class, the score, and how it is drawn.</param>
    /// <param name="wallTime">The time stamp; now by default.</param>
    /// <remarks>
    /// <see cref="AttributionPicture"/> says how it is drawn; <see cref="AddHeatOverlay"/> adds the overlay alone, as
    /// pytorch-grad-cam draws it. Where the whole map is zero, nothing is colored, and the picture says so.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, or the map has another shape, such as that of several.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddActivationMap(
        string tag, Attribution map, Picture picture, long step, AttributionPictureOptions? options = null,
        DateTimeOffset? wallTime = null) =>
        AddImage(tag, AttributionPicture.DrawActivationMap(map, picture, options), step, wallTime);
}
