using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
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
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <remarks>The PNG is made in the background.</remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; or the picture is null.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddImage(string tag, Picture picture, long step, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(picture);
        AppendPicture(tag, [picture.Raster], DefaultColumns, step, wallTime);
    }

    /// <summary>
    /// Adds a batch of pictures to the Images dashboard, as one picture that arranges them in a grid. The options
    /// define layout, scaling and colors.
    /// </summary>
    /// <typeparam name="T">Any numeric type.</typeparam>
    /// <param name="tag">The tag, such as <c>batch</c>.</param>
    /// <param name="pixels">
    /// The pixels of any numeric type: integers are 0 to 255 per channel, which are 0 to 1 for options that scale;
    /// other numbers are 0 to 1 unless the options scale them. Values outside the range are clipped; NaN is black.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="layout">The order of the dimensions: Nhw, Nchw or Nhwc.</param>
    /// <param name="shape">Their sizes in that order, such as <c>[16, 3, 32, 32]</c> for Nchw.</param>
    /// <param name="options">
    /// Layout, scaling and colors; the defaults are those of torchvision's <c>make_grid</c>.
    /// </param>
    /// <param name="wallTime">The time they were recorded; the current time by default.</param>
    /// <remarks>The pixels are copied, scaled and colored; grid and PNG are made in the background.</remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; the layout, the shape and the number
    /// of pixels do not match; or there is a color map for more than one channel.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    [OverloadResolutionPriority(1)] // so that new() { … } is options, not a number of columns
    public void AddImages<T>(
        string tag, ReadOnlySpan<T> pixels, long step, ImageLayout layout, ReadOnlySpan<int> shape,
        ImageGridOptions options, DateTimeOffset? wallTime = null)
        where T : unmanaged, INumberBase<T>
    {
        ArgumentNullException.ThrowIfNull(options);
        PixelShape pixelShape = PixelShape.OfBatch(layout, shape, pixels.Length);
        AppendGrid(tag, GridCells.Of(pixels, pixelShape, options), options, step, wallTime);
        if (options is { Scales: false, ColorMap: null })
            ReportByteRange(tag, pixels);
    }

    /// <inheritdoc cref="AddImages{T}(string, ReadOnlySpan{T}, long, ImageLayout, ReadOnlySpan{int}, ImageGridOptions, DateTimeOffset?)"/>
    [OverloadResolutionPriority(1)]
    public void AddImages<T>(
        string tag, in ReadOnlyTensorSpan<T> pixels, long step, ImageLayout layout, ImageGridOptions options,
        DateTimeOffset? wallTime = null)
        where T : unmanaged, INumberBase<T> =>
        AddImages(tag, Flatten(pixels), step, layout, ShapeOf(pixels), options, wallTime);

    /// <summary>
    /// Adds a picture overlaid with a heat map, such as a class activation map, to the Images dashboard.
    /// </summary>
    /// <param name="tag">The tag, such as <c>grad-cam/cat</c>.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="heat">The map, 0 to 1. Values outside the range are clipped; NaN is 0.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="heatShape">
    /// The map's height and width, such as <c>[7, 7]</c>. The map is resized to the size of the picture by
    /// <see cref="Interpolation.Bilinear"/>.
    /// </param>
    /// <param name="map">The colors; <see cref="ColorMap.Jet"/> by default.</param>
    /// <param name="pictureWeight">
    /// The weight of the picture, 0 to 1, 0.5 by default; the rest is the map's weight.
    /// </param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <remarks>See <see cref="HeatOverlay"/> for the formula.</remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; the picture is null; the shape does
    /// not match the map; the colors are for signed values; or the weight is out of range.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddHeatOverlay(
        string tag, Picture picture, ReadOnlySpan<float> heat, long step, ReadOnlySpan<int> heatShape,
        ColorMap? map = null, float pictureWeight = HeatOverlay.DefaultPictureWeight, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(picture);
        AddImage(tag, picture.WithHeat(heat, heatShape, map, pictureWeight), step, wallTime);
    }

    /// <summary>Adds a picture of the contribution of each pixel to the Images dashboard.</summary>
    /// <param name="tag">The tag, such as <c>integrated gradients/cat</c>.</param>
    /// <param name="attributions">The contribution of each input value; any numbers.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="shape">
    /// Their shape: [height, width], [channels, height, width] or [1, channels, height, width].
    /// </param>
    /// <param name="sign">The attributions to show; both signs (green and red) by default.</param>
    /// <param name="wallTime">The time they were recorded; the current time by default.</param>
    /// <remarks>
    /// See <see cref="AttributionMap"/> for the formula and for drawing the map over a picture. If there is nothing to
    /// show (<see cref="AttributionMap.IsBlank"/>), the picture is white.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; or the shape and the number of
    /// attributions do not match.
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
        Claim(tag, PluginTable.Images);
        Append(() => ImageSummary.Of(tag, ImageGrid.Of(pictures, options)), size, step, wallTime);
    }
}
