using System.Numerics.Tensors;
using TorchBoard.Drawing;
using TorchBoard.Imaging;
using TorchBoard.Panels;
using TorchBoard.Plugins;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>Adds a picture to the Images dashboard.</summary>
    /// <param name="tag">The tag, such as <c>heat map</c>.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="wallTime">When it was had; now by default.</param>
    /// <remarks>The PNG is made in the background.</remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, or the picture is null.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddImage(string tag, Picture picture, long step, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(picture);
        AppendPicture(tag, [picture.Raster], DefaultColumns, step, wallTime);
    }

    /// <summary>
    /// Adds a batch of pictures to the Images dashboard, as one picture with a grid of them laid out, scaled and
    /// colored as options say.
    /// </summary>
    /// <param name="tag">The tag, such as <c>batch</c>.</param>
    /// <param name="pixels">The pixels, 0 to 255 a channel; to options that scale, 0 to 1.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="layout">The order of the dimensions: Nhw, Nchw or Nhwc.</param>
    /// <param name="shape">Their sizes, in that order: <c>[16, 3, 32, 32]</c> for Nchw.</param>
    /// <param name="options">How; what it does not say is as torchvision's <c>make_grid</c> does it.</param>
    /// <param name="wallTime">When they were had; now by default.</param>
    /// <remarks>The pixels are copied, scaled and colored; grid and PNG are made in the background.</remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, layout, shape and number of pixels do not fit together, or a color
    /// map is to draw more than one channel.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddImages(
        string tag, ReadOnlySpan<byte> pixels, long step, ImageLayout layout, ReadOnlySpan<int> shape,
        ImageGridOptions options, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        PixelShape pixelShape = PixelShape.OfBatch(layout, shape, pixels.Length);
        AppendGrid(tag, GridCells.Of(pixels, pixelShape, options), options, step, wallTime);
    }

    /// <inheritdoc cref="AddImages(string, ReadOnlySpan{byte}, long, ImageLayout, ReadOnlySpan{int}, ImageGridOptions, DateTimeOffset?)"/>
    /// <param name="tag">The tag, such as <c>batch</c>.</param>
    /// <param name="pixels">
    /// The pixels, 0 to 1 a channel unless the options scale them. What lies outside is cut off; NaN is black.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="layout">The order of the dimensions: Nhw, Nchw or Nhwc.</param>
    /// <param name="shape">Their sizes, in that order: <c>[16, 3, 32, 32]</c> for Nchw.</param>
    /// <param name="options">How; what it does not say is as torchvision's <c>make_grid</c> does it.</param>
    /// <param name="wallTime">When they were had; now by default.</param>
    public void AddImages(
        string tag, ReadOnlySpan<float> pixels, long step, ImageLayout layout, ReadOnlySpan<int> shape,
        ImageGridOptions options, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        PixelShape pixelShape = PixelShape.OfBatch(layout, shape, pixels.Length);
        AppendGrid(tag, GridCells.Of(pixels, pixelShape, options), options, step, wallTime);
    }

    /// <inheritdoc cref="AddImages(string, ReadOnlySpan{byte}, long, ImageLayout, ReadOnlySpan{int}, ImageGridOptions, DateTimeOffset?)"/>
    public void AddImages(
        string tag, in ReadOnlyTensorSpan<byte> pixels, long step, ImageLayout layout, ImageGridOptions options,
        DateTimeOffset? wallTime = null) =>
        AddImages(tag, Flatten(pixels), step, layout, ShapeOf(pixels), options, wallTime);

    /// <inheritdoc cref="AddImages(string, ReadOnlySpan{float}, long, ImageLayout, ReadOnlySpan{int}, ImageGridOptions, DateTimeOffset?)"/>
    public void AddImages(
        string tag, in ReadOnlyTensorSpan<float> pixels, long step, ImageLayout layout, ImageGridOptions options,
        DateTimeOffset? wallTime = null) =>
        AddImages(tag, Flatten(pixels), step, layout, ShapeOf(pixels), options, wallTime);

    /// <summary>Adds a picture with a map of what matters drawn over it, such as a class activation map.</summary>
    /// <param name="tag">The tag, such as <c>grad-cam/cat</c>.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="heat">The map, 0 to 1. What lies outside is cut off; NaN is 0.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="heatShape">
    /// The map's height and width, such as <c>[7, 7]</c>. Of another size than the picture, it is resized by
    /// <see cref="Interpolation.Bilinear"/>.
    /// </param>
    /// <param name="map">The colors; <see cref="ColorMap.Jet"/> by default.</param>
    /// <param name="pictureWeight">The weight of the picture, 0 to 1; the map has the rest. 0.5 by default.</param>
    /// <param name="wallTime">When it was had; now by default.</param>
    /// <remarks>See <see cref="HeatOverlay"/> for the formula.</remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, the picture is null, the shape does not fit the map, the colors
    /// are for signed values, or the weight is out of its range.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddHeatOverlay(
        string tag, Picture picture, ReadOnlySpan<float> heat, long step, ReadOnlySpan<int> heatShape,
        ColorMap? map = null, float pictureWeight = HeatOverlay.DefaultPictureWeight, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(picture);
        AddImage(tag, picture.WithHeat(heat, heatShape, map, pictureWeight), step, wallTime);
    }

    /// <summary>Adds a picture of what each pixel contributes to the Images dashboard.</summary>
    /// <param name="tag">The tag, such as <c>integrated gradients/cat</c>.</param>
    /// <param name="attributions">What each value of the input contributes; any numbers.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="shape">
    /// Their shape: [height, width], [channels, height, width] or [1, channels, height, width].
    /// </param>
    /// <param name="sign">Which attributions to show; those of both signs, red and green, by default.</param>
    /// <param name="wallTime">When they were had; now by default.</param>
    /// <remarks>
    /// See <see cref="AttributionMap"/> for the formula, to draw it over a picture, and for whether there is something to
    /// show (<see cref="AttributionMap.IsBlank"/>); otherwise the picture is white.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, or shape and number of attributions do not fit together.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddAttribution(
        string tag, ReadOnlySpan<float> attributions, long step, ReadOnlySpan<int> shape,
        AttributionSign sign = AttributionSign.Both, DateTimeOffset? wallTime = null)
    {
        AddImage(tag, AttributionMap.Of(attributions, shape, sign).ToPicture(), step, wallTime);
    }

    private void AppendGrid(
        string tag, Raster[] pictures, ImageGridOptions options, long step, DateTimeOffset? wallTime)
    {
        Tag.ThrowIfInvalid(tag);
        ImageGrid.ThrowIfUnfit(pictures, options);
        long size = (long)pictures[0].Pixels.Length * pictures.Length * options.Scale * options.Scale;
        Append(() => ImageSummary.Of(tag, ImageGrid.Of(pictures, options)), size, step, wallTime);
    }
}
