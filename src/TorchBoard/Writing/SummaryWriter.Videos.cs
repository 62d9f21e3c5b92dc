using System.Numerics;
using System.Numerics.Tensors;
using TorchBoard.Drawing;
using TorchBoard.Imaging;
using TorchBoard.Plugins;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    private const double DefaultFramesPerSecond = 4;
    private const double LowestFramesPerSecond = 0.001;
    private const double HighestFramesPerSecond = 1000;

    /// <summary>
    /// Adds a video to the Images dashboard, as an animated PNG, which keeps all colors and loops. A batch of videos
    /// becomes one video that arranges them in a grid.
    /// </summary>
    /// <typeparam name="T">Any numeric type.</typeparam>
    /// <param name="tag">The tag, such as <c>episode</c>.</param>
    /// <param name="frames">
    /// The pixels of the frames, of any numeric type: integers are 0 to 255 per channel, other numbers 0 to 1. Values
    /// outside the range are clipped; NaN is black.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="layout">The order of the dimensions.</param>
    /// <param name="shape">Their sizes in that order, such as <c>[60, 84, 84, 3]</c> for Thwc.</param>
    /// <param name="framesPerSecond">
    /// The frame rate; 0.001 to 1000, 4 by default. Browsers slow down animations faster than about 50.
    /// </param>
    /// <param name="columns">The number of videos of a batch per row; at least 1, 8 by default.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <remarks>
    /// The pixels are copied; the animation is encoded in the background. Repeated frames take almost no space; of
    /// other frames, only the rectangle that changed is stored.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; the layout, the shape and the number
    /// of pixels do not match; or an argument is out of range.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddVideo<T>(
        string tag, ReadOnlySpan<T> frames, long step, VideoLayout layout, ReadOnlySpan<int> shape,
        double framesPerSecond = DefaultFramesPerSecond, int columns = DefaultColumns, DateTimeOffset? wallTime = null)
        where T : unmanaged, INumberBase<T>
    {
        PixelShape pixelShape = CheckVideo(tag, layout, shape, frames.Length, framesPerSecond, columns);
        Raster[] pictures = PixelConversion.ToRasters(frames, pixelShape);
        AppendVideo(tag, pictures, FramesIn(layout, shape), columns, framesPerSecond, step, wallTime);
        ReportByteRange(tag, frames);
    }

    /// <inheritdoc cref="AddVideo{T}(string, ReadOnlySpan{T}, long, VideoLayout, ReadOnlySpan{int}, double, int, DateTimeOffset?)"/>
    public void AddVideo<T>(
        string tag, in ReadOnlyTensorSpan<T> frames, long step, VideoLayout layout,
        double framesPerSecond = DefaultFramesPerSecond, int columns = DefaultColumns,
        DateTimeOffset? wallTime = null)
        where T : unmanaged, INumberBase<T> =>
        AddVideo(tag, Flatten(frames), step, layout, ShapeOf(frames), framesPerSecond, columns, wallTime);

    private static PixelShape CheckVideo(
        string tag, VideoLayout layout, ReadOnlySpan<int> shape, int length, double framesPerSecond, int columns)
    {
        Tag.ThrowIfInvalid(tag);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (framesPerSecond is not (>= LowestFramesPerSecond and <= HighestFramesPerSecond))
        {
            throw new ArgumentOutOfRangeException(
                nameof(framesPerSecond), framesPerSecond,
                $"The frame rate must be {LowestFramesPerSecond} to {HighestFramesPerSecond} frames per second.");
        }

        return PixelShape.OfVideo(layout, shape, length);
    }

    private static int FramesIn(VideoLayout layout, ReadOnlySpan<int> shape) =>
        layout is VideoLayout.Nthwc or VideoLayout.Ntchw ? shape[1] : shape[0];

    // The pictures of a batch are ordered video by video.
    private void AppendVideo(
        string tag, Raster[] pictures, int frames, int columns, double framesPerSecond, long step,
        DateTimeOffset? wallTime)
    {
        long size = (long)pictures[0].Pixels.Length * pictures.Length;
        Claim(tag, PluginTable.Images);
        Append(
            () => ImageSummary.Of(tag, VideoGrid.Of(pictures, frames, columns), framesPerSecond), size, step, wallTime);
    }
}
