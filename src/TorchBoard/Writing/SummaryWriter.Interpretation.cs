using TorchBoard.Imaging;
using TorchBoard.Interpretation;
using TorchBoard.Panels;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>
    /// Adds the contribution of each part of an input to a score to the Images dashboard, with method, class, score and
    /// scale. Pictures show positive contributions in green and negative ones in red; vectors show a bar per feature.
    /// </summary>
    /// <param name="tag">The tag, such as <c>explanations/shap</c>.</param>
    /// <param name="attribution">
    /// The attribution: shape [H, W] or [C, H, W], which is summed over channels, or [features] for a vector.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="picture">
    /// The explained picture, of the same height and width; none by default. Ignored for vectors.
    /// </param>
    /// <param name="options">
    /// The name of the method, the class, the score (the attribution's by default), the feature names and the drawing
    /// style.
    /// </param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <remarks>
    /// See <see cref="AttributionPicture"/> for how the colors are scaled. If all values are zero, nothing is colored
    /// and the picture says so.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; the shape of the attribution fits
    /// neither a picture nor a vector; the picture has another size; or the number of names differs from the number of
    /// features.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddAttribution(
        string tag, Attribution attribution, long step, Picture? picture = null,
        AttributionPictureOptions? options = null, DateTimeOffset? wallTime = null) =>
        AddImage(tag, AttributionPicture.Draw(attribution, picture, options), step, wallTime);

    /// <summary>
    /// Adds the contributions in several pictures, or for several classes, to the Images dashboard: one picture, on one
    /// scale, with class and score above each part.
    /// </summary>
    /// <param name="tag">The tag, such as <c>explanations/shap</c>.</param>
    /// <param name="explained">
    /// The attributions with their pictures, all of one size; at least one. <see cref="Attribution.ExplainEach(ReadOnlySpan{float}, int, Func{float[], Attribution}, IProgress{double}?, CancellationToken)"/>
    /// computes them.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="options">
    /// The name of the method, the number of columns and the drawing style.
    /// </param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; there are no attributions, one is not
    /// of a picture, or the pictures differ in size.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddAttributions(
        string tag, IReadOnlyList<ExplainedPicture> explained, long step, AttributionPictureOptions? options = null,
        DateTimeOffset? wallTime = null) =>
        AddImage(tag, AttributionPicture.Draw(explained, options), step, wallTime);

    /// <summary>
    /// Adds a class activation map over the explained picture to the Images dashboard, with method, class, score and
    /// scale. Red marks where the layer found evidence for the class.
    /// </summary>
    /// <param name="tag">The tag, such as <c>gradcam/layer4</c>.</param>
    /// <param name="map">
    /// The map, 0 to 1; shape [H, W] or [1, H, W]. It is resized to the size of the picture.
    /// </param>
    /// <param name="picture">The explained picture.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="options">The name of the method, the class, the score and the drawing style.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <remarks>
    /// See <see cref="AttributionPicture"/> for how it is drawn. <see cref="AddHeatOverlay"/> adds only the overlay, as
    /// pytorch-grad-cam draws it. If the whole map is zero, nothing is colored and the picture says so.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; or the map has another shape, such
    /// as that of several maps.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddActivationMap(
        string tag, Attribution map, Picture picture, long step, AttributionPictureOptions? options = null,
        DateTimeOffset? wallTime = null) =>
        AddImage(tag, AttributionPicture.DrawActivationMap(map, picture, options), step, wallTime);
}
