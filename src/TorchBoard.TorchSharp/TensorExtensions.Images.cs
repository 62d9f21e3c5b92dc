using System.Runtime.CompilerServices;
using TorchBoard.Imaging;
using static TorchSharp.torch;

namespace TorchBoard;

public static partial class TensorExtensions
{
    private const int DefaultColumns = 8;
    private const double DefaultFramesPerSecond = 4;

    /// <summary>Adds a picture to the Images dashboard.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>input</c>.</param>
    /// <param name="pixels">
    /// The pixels: floats from 0 to 1 per channel, or integers from 0 to 255; values outside the range are clipped, NaN
    /// is black. Booleans are black and white. 1, 3 or 4 channels.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="layout">The order of the dimensions: Chw (PyTorch's, the default), Hwc or Hw.</param>
    /// <param name="wallTime">The time the value was recorded; the current time by default.</param>
    /// <remarks>The pixels are copied; the PNG is encoded in the background.</remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, the tensor cannot be read, or it does not match the layout.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddImage(
        this SummaryWriter writer, string tag, Tensor pixels, long step, ImageLayout layout = ImageLayout.Chw,
        DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int[] shape = TensorArgument.ShapeOf(pixels, layout, nameof(pixels));
        using HostTensor host = HostTensor.OfPixels(pixels);
        if (host.Type == ScalarType.Byte)
            writer.AddImage(tag, host.Values<byte>(), step, layout, shape, wallTime);
        else
            writer.AddImage(tag, host.Values<float>(), step, layout, shape, wallTime);
    }

    /// <summary>Adds a batch of pictures to the Images dashboard, as one grid.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>batch</c>.</param>
    /// <param name="pixels">
    /// The pixels: floats from 0 to 1 per channel, or integers from 0 to 255; values outside the range are clipped, NaN
    /// is black. Booleans are black and white. 1, 3 or 4 channels.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="layout">The order of the dimensions: Nchw (PyTorch's, the default), Nhwc or Nhw.</param>
    /// <param name="columns">Number of pictures per row; at least 1, 8 by default.</param>
    /// <param name="wallTime">The time the values were recorded; the current time by default.</param>
    /// <remarks>The pixels are copied; the PNG is encoded in the background.</remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, the tensor cannot be read, or it does not match the layout.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddImages(
        this SummaryWriter writer, string tag, Tensor pixels, long step, ImageLayout layout = ImageLayout.Nchw,
        int columns = DefaultColumns, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int[] shape = TensorArgument.ShapeOf(pixels, layout, nameof(pixels));
        using HostTensor host = HostTensor.OfPixels(pixels);
        if (host.Type == ScalarType.Byte)
            writer.AddImages(tag, host.Values<byte>(), step, layout, shape, columns, wallTime);
        else
            writer.AddImages(tag, host.Values<float>(), step, layout, shape, columns, wallTime);
    }

    /// <inheritdoc cref="AddImages(SummaryWriter, string, Tensor, long, ImageLayout, int, DateTimeOffset?)"/>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>batch</c>.</param>
    /// <param name="pixels">
    /// The pixels: floats, by default from 0 to 1 per channel, or integers from 0 to 255; values outside the range are
    /// clipped, NaN is black. 1, 3 or 4 channels.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="options">Layout of the grid, and conversion of numbers to pixels.</param>
    /// <param name="layout">The order of the dimensions: Nchw (PyTorch's, the default), Nhwc or Nhw.</param>
    /// <param name="wallTime">The time the values were recorded; the current time by default.</param>
    [OverloadResolutionPriority(1)] // so that new() { … } is options, not a number of columns
    public static void AddImages(
        this SummaryWriter writer, string tag, Tensor pixels, long step, ImageGridOptions options,
        ImageLayout layout = ImageLayout.Nchw, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int[] shape = TensorArgument.ShapeOf(pixels, layout, nameof(pixels));
        using HostTensor host = HostTensor.OfPixels(pixels);
        if (host.Type == ScalarType.Byte)
            writer.AddImages(tag, host.Values<byte>(), step, layout, shape, options, wallTime);
        else
            writer.AddImages(tag, host.Values<float>(), step, layout, shape, options, wallTime);
    }

    /// <summary>Adds a picture with boxes and labels drawn on it to the Images dashboard.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>detections</c>.</param>
    /// <param name="pixels">
    /// The pixels: floats from 0 to 1 per channel, or integers from 0 to 255; values outside the range are clipped, NaN
    /// is black. Booleans are black and white. 1, 3 or 4 channels.
    /// </param>
    /// <param name="boxes">The boxes, drawn in this order; may be empty. Parts outside the picture are clipped.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="layout">The order of the dimensions: Chw (PyTorch's, the default), Hwc or Hw.</param>
    /// <param name="wallTime">The time the value was recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, the tensor cannot be read or does not match the layout, or a box
    /// ends before it begins.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddImageWithBoxes(
        this SummaryWriter writer, string tag, Tensor pixels, ReadOnlySpan<BoundingBox> boxes, long step,
        ImageLayout layout = ImageLayout.Chw, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int[] shape = TensorArgument.ShapeOf(pixels, layout, nameof(pixels));
        using HostTensor host = HostTensor.OfPixels(pixels);
        if (host.Type == ScalarType.Byte)
            writer.AddImageWithBoxes(tag, host.Values<byte>(), boxes, step, layout, shape, wallTime);
        else
            writer.AddImageWithBoxes(tag, host.Values<float>(), boxes, step, layout, shape, wallTime);
    }

    /// <inheritdoc cref="AddImageWithBoxes(SummaryWriter, string, Tensor, ReadOnlySpan{BoundingBox}, long, ImageLayout, DateTimeOffset?)"/>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>detections</c>.</param>
    /// <param name="pixels">The pixels: floats from 0 to 1 per channel, or integers from 0 to 255.</param>
    /// <param name="boxes">
    /// The boxes in pixels: shape [boxes, 4] with left, top, right, bottom. May have no rows.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="labels">A label for each box; none by default.</param>
    /// <param name="layout">The order of the dimensions: Chw (PyTorch's, the default), Hwc or Hw.</param>
    /// <param name="wallTime">The time the value was recorded; the current time by default.</param>
    public static void AddImageWithBoxes(
        this SummaryWriter writer, string tag, Tensor pixels, Tensor boxes, long step,
        IReadOnlyList<string>? labels = null, ImageLayout layout = ImageLayout.Chw, DateTimeOffset? wallTime = null) =>
        AddImageWithBoxes(writer, tag, pixels, BoxesOf(boxes, labels), step, layout, wallTime);

    /// <summary>
    /// Adds a video to the Images dashboard as an animated PNG, which keeps all colors and repeats. A batch of videos
    /// becomes a grid in one video.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>episode</c>.</param>
    /// <param name="frames">
    /// The pixels of the frames: floats from 0 to 1 per channel, or integers from 0 to 255; values outside the range
    /// are clipped, NaN is black. Booleans are black and white. 1, 3 or 4 channels.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="layout">The order of the dimensions; Ntchw (PyTorch's) by default.</param>
    /// <param name="framesPerSecond">Frames per second, 0.001 to 1000, 4 by default.</param>
    /// <param name="columns">Number of videos per row for a batch; at least 1, 8 by default.</param>
    /// <param name="wallTime">The time the value was recorded; the current time by default.</param>
    /// <remarks>The pixels are copied; the animation is encoded in the background.</remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, the tensor cannot be read or does not match the layout, or an
    /// argument is out of range.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddVideo(
        this SummaryWriter writer, string tag, Tensor frames, long step, VideoLayout layout = VideoLayout.Ntchw,
        double framesPerSecond = DefaultFramesPerSecond, int columns = DefaultColumns, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int[] shape = TensorArgument.ShapeOf(frames, layout, nameof(frames));
        using HostTensor host = HostTensor.OfPixels(frames);
        if (host.Type == ScalarType.Byte)
            writer.AddVideo(tag, host.Values<byte>(), step, layout, shape, framesPerSecond, columns, wallTime);
        else
            writer.AddVideo(tag, host.Values<float>(), step, layout, shape, framesPerSecond, columns, wallTime);
    }

    private static BoundingBox[] BoxesOf(Tensor boxes, IReadOnlyList<string>? labels)
    {
        // A detector that finds nothing returns an empty tensor.
        if (boxes is { IsInvalid: false } && boxes.NumberOfElements == 0 && labels is null or { Count: 0 })
            return [];
        int[] shape = TensorArgument.ShapeOf(boxes, nameof(boxes));
        if (shape is not [int count, 4])
        {
            throw new ArgumentException(
                $"The shape must be [boxes, 4]; was {TensorArgument.ShapeText(boxes)}.", nameof(boxes));
        }

        if (labels is not null && labels.Count != count)
            throw new ArgumentException($"Expected {count} labels, one per box; got {labels.Count}.", nameof(labels));
        using var host = new HostTensor(boxes, ScalarType.Float32);
        ReadOnlySpan<float> sides = host.Values<float>();
        var read = new BoundingBox[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> box = sides.Slice(4 * i, 4);
            read[i] = new BoundingBox(box[0], box[1], box[2], box[3], labels?[i]);
        }

        return read;
    }
}
