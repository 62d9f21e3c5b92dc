using System.Numerics.Tensors;
using TorchBoard.Drawing;
using TorchBoard.Imaging;
using TorchBoard.Plugins;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>The default number of columns of a picture grid, as in PyTorch.</summary>
    private const int DefaultColumns = 8;

    /// <summary>Adds a picture to the Images dashboard.</summary>
    /// <param name="tag">The tag, such as <c>input</c>.</param>
    /// <param name="pixels">The pixels; 0 to 255 per channel.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="layout">The order of the dimensions: Hw, Chw or Hwc.</param>
    /// <param name="shape">Their sizes in that order, such as <c>[3, 224, 224]</c> for Chw.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <remarks>The pixels are copied; the PNG is made in the background.</remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or the layout, the shape and the number of pixels do not match.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddImage(
        string tag, ReadOnlySpan<byte> pixels, long step, ImageLayout layout, ReadOnlySpan<int> shape,
        DateTimeOffset? wallTime = null)
    {
        PixelShape pixelShape = PixelShape.OfPicture(layout, shape, pixels.Length);
        AppendPicture(tag, PixelConversion.ToRasters(pixels, pixelShape), DefaultColumns, step, wallTime);
    }

    /// <inheritdoc cref="AddImage(string, ReadOnlySpan{byte}, long, ImageLayout, ReadOnlySpan{int}, DateTimeOffset?)"/>
    /// <param name="tag">The tag, such as <c>input</c>.</param>
    /// <param name="pixels">
    /// The pixels; 0 to 1 per channel. Values outside the range are clipped; NaN is black. The first picture that
    /// appears to range from 0 to 255 is reported on standard error.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="layout">The order of the dimensions: Hw, Chw or Hwc.</param>
    /// <param name="shape">Their sizes in that order, such as <c>[3, 224, 224]</c> for Chw.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    public void AddImage(
        string tag, ReadOnlySpan<float> pixels, long step, ImageLayout layout, ReadOnlySpan<int> shape,
        DateTimeOffset? wallTime = null)
    {
        PixelShape pixelShape = PixelShape.OfPicture(layout, shape, pixels.Length);
        AppendPicture(tag, PixelConversion.ToRasters(pixels, pixelShape), DefaultColumns, step, wallTime);
        ReportByteRange(tag, pixels);
    }

    /// <inheritdoc cref="AddImage(string, ReadOnlySpan{byte}, long, ImageLayout, ReadOnlySpan{int}, DateTimeOffset?)"/>
    public void AddImage(
        string tag, in ReadOnlyTensorSpan<byte> pixels, long step, ImageLayout layout,
        DateTimeOffset? wallTime = null) =>
        AddImage(tag, Flatten(pixels), step, layout, ShapeOf(pixels), wallTime);

    /// <inheritdoc cref="AddImage(string, ReadOnlySpan{float}, long, ImageLayout, ReadOnlySpan{int}, DateTimeOffset?)"/>
    public void AddImage(
        string tag, in ReadOnlyTensorSpan<float> pixels, long step, ImageLayout layout,
        DateTimeOffset? wallTime = null) =>
        AddImage(tag, Flatten(pixels), step, layout, ShapeOf(pixels), wallTime);

    /// <summary>
    /// Adds a batch of pictures to the Images dashboard, as one picture that arranges them in a grid.
    /// </summary>
    /// <param name="tag">The tag, such as <c>batch</c>.</param>
    /// <param name="pixels">The pixels; 0 to 255 per channel.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="layout">The order of the dimensions: Nhw, Nchw or Nhwc.</param>
    /// <param name="shape">Their sizes in that order, such as <c>[16, 3, 32, 32]</c> for Nchw.</param>
    /// <param name="columns">The number of pictures per row; at least 1, 8 by default.</param>
    /// <param name="wallTime">The time they were recorded; the current time by default.</param>
    /// <remarks>The pixels are copied; the PNG is made in the background.</remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or the layout, the shape and the number of pixels do not match.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddImages(
        string tag, ReadOnlySpan<byte> pixels, long step, ImageLayout layout, ReadOnlySpan<int> shape,
        int columns = DefaultColumns, DateTimeOffset? wallTime = null)
    {
        PixelShape pixelShape = PixelShape.OfBatch(layout, shape, pixels.Length);
        AppendPicture(tag, PixelConversion.ToRasters(pixels, pixelShape), columns, step, wallTime);
    }

    /// <inheritdoc cref="AddImages(string, ReadOnlySpan{byte}, long, ImageLayout, ReadOnlySpan{int}, int, DateTimeOffset?)"/>
    /// <param name="tag">The tag, such as <c>batch</c>.</param>
    /// <param name="pixels">
    /// The pixels; 0 to 1 per channel. Values outside the range are clipped; NaN is black. The first picture that
    /// appears to range from 0 to 255 is reported on standard error.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="layout">The order of the dimensions: Nhw, Nchw or Nhwc.</param>
    /// <param name="shape">Their sizes in that order, such as <c>[16, 3, 32, 32]</c> for Nchw.</param>
    /// <param name="columns">The number of pictures per row; at least 1, 8 by default.</param>
    /// <param name="wallTime">The time they were recorded; the current time by default.</param>
    public void AddImages(
        string tag, ReadOnlySpan<float> pixels, long step, ImageLayout layout, ReadOnlySpan<int> shape,
        int columns = DefaultColumns, DateTimeOffset? wallTime = null)
    {
        PixelShape pixelShape = PixelShape.OfBatch(layout, shape, pixels.Length);
        AppendPicture(tag, PixelConversion.ToRasters(pixels, pixelShape), columns, step, wallTime);
        ReportByteRange(tag, pixels);
    }

    /// <inheritdoc cref="AddImages(string, ReadOnlySpan{byte}, long, ImageLayout, ReadOnlySpan{int}, int, DateTimeOffset?)"/>
    public void AddImages(
        string tag, in ReadOnlyTensorSpan<byte> pixels, long step, ImageLayout layout,
        int columns = DefaultColumns, DateTimeOffset? wallTime = null) =>
        AddImages(tag, Flatten(pixels), step, layout, ShapeOf(pixels), columns, wallTime);

    /// <inheritdoc cref="AddImages(string, ReadOnlySpan{float}, long, ImageLayout, ReadOnlySpan{int}, int, DateTimeOffset?)"/>
    public void AddImages(
        string tag, in ReadOnlyTensorSpan<float> pixels, long step, ImageLayout layout,
        int columns = DefaultColumns, DateTimeOffset? wallTime = null) =>
        AddImages(tag, Flatten(pixels), step, layout, ShapeOf(pixels), columns, wallTime);

    /// <summary>Adds a picture with labeled boxes drawn on it to the Images dashboard.</summary>
    /// <param name="tag">The tag, such as <c>detections</c>.</param>
    /// <param name="pixels">The pixels; 0 to 255 per channel.</param>
    /// <param name="boxes">
    /// The boxes, drawn in this order; may be empty. Parts outside the picture are clipped.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="layout">The order of the dimensions: Hw, Chw or Hwc.</param>
    /// <param name="shape">Their sizes in that order, such as <c>[3, 224, 224]</c> for Chw.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode; the layout, the shape and the number of pixels do not match; or a
    /// box ends before it begins.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddImageWithBoxes(
        string tag, ReadOnlySpan<byte> pixels, ReadOnlySpan<BoundingBox> boxes, long step, ImageLayout layout,
        ReadOnlySpan<int> shape, DateTimeOffset? wallTime = null)
    {
        PixelShape pixelShape = PixelShape.OfPicture(layout, shape, pixels.Length);
        AppendBoxes(tag, PixelConversion.ToRasters(pixels, pixelShape)[0], boxes, step, wallTime);
    }

    /// <inheritdoc cref="AddImageWithBoxes(string, ReadOnlySpan{byte}, ReadOnlySpan{BoundingBox}, long, ImageLayout, ReadOnlySpan{int}, DateTimeOffset?)"/>
    /// <param name="tag">The tag, such as <c>detections</c>.</param>
    /// <param name="pixels">
    /// The pixels; 0 to 1 per channel. Values outside the range are clipped; NaN is black. The first picture that
    /// appears to range from 0 to 255 is reported on standard error.
    /// </param>
    /// <param name="boxes">
    /// The boxes, drawn in this order; may be empty. Parts outside the picture are clipped.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="layout">The order of the dimensions: Hw, Chw or Hwc.</param>
    /// <param name="shape">Their sizes in that order, such as <c>[3, 224, 224]</c> for Chw.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    public void AddImageWithBoxes(
        string tag, ReadOnlySpan<float> pixels, ReadOnlySpan<BoundingBox> boxes, long step, ImageLayout layout,
        ReadOnlySpan<int> shape, DateTimeOffset? wallTime = null)
    {
        PixelShape pixelShape = PixelShape.OfPicture(layout, shape, pixels.Length);
        AppendBoxes(tag, PixelConversion.ToRasters(pixels, pixelShape)[0], boxes, step, wallTime);
        ReportByteRange(tag, pixels);
    }

    /// <summary>
    /// Adds an encoded picture: a plot of ScottPlot or OxyPlot, a picture of ImageSharp or SkiaSharp, or a file.
    /// </summary>
    /// <param name="tag">The tag, such as <c>plot</c>.</param>
    /// <param name="encoded">The bytes of a PNG, JPEG, GIF or BMP; PNG and GIF may be animated.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or the bytes have none of these formats.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddEncodedImage(string tag, ReadOnlySpan<byte> encoded, long step, DateTimeOffset? wallTime = null)
    {
        const int rgb = 3;
        Tag.ThrowIfInvalid(tag);
        EncodedImage image = EncodedImage.Read(encoded, nameof(encoded));
        byte[] copy = encoded.ToArray();
        Claim(tag, PluginTable.Images);
        Append(() => ImageSummary.Of(tag, image.Width, image.Height, rgb, copy), copy.Length, step, wallTime);
    }

    private void AppendPicture(string tag, Raster[] pictures, int columns, long step, DateTimeOffset? wallTime)
    {
        Tag.ThrowIfInvalid(tag);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        long size = (long)pictures[0].Pixels.Length * pictures.Length;
        Claim(tag, PluginTable.Images);
        Append(() => ImageSummary.Of(tag, GridPlan.Compact(pictures, columns)), size, step, wallTime);
    }

    private void AppendBoxes(
        string tag, Raster picture, ReadOnlySpan<BoundingBox> boxes, long step, DateTimeOffset? wallTime)
    {
        Tag.ThrowIfInvalid(tag);
        BoxDrawing.ThrowIfInvalid(boxes);
        BoundingBox[] copy = boxes.ToArray();
        Claim(tag, PluginTable.Images);
        Append(() => ImageSummary.Of(tag, BoxDrawing.Draw(picture, copy)), picture.Pixels.Length, step, wallTime);
    }

    /// <summary>
    /// Reports floats that appear to range from 0 to 255: the smallest is at least 0, the largest 16 to 255.
    /// </summary>
    private void ReportByteRange(string tag, ReadOnlySpan<float> pixels)
    {
        const float least = 16;
        if (_session.Notices.HasByteRange || pixels.IsEmpty)
            return;
        float largest = TensorPrimitives.Max(pixels);
        if (largest is >= least and <= byte.MaxValue && TensorPrimitives.Min(pixels) >= 0)
            _session.Notices.ByteRange(tag, largest);
    }

    private static T[] Flatten<T>(in ReadOnlyTensorSpan<T> tensor)
    {
        T[] flat = new T[checked((int)tensor.FlattenedLength)];
        tensor.FlattenTo(flat);
        return flat;
    }

    private static int[] ShapeOf<T>(in ReadOnlyTensorSpan<T> tensor)
    {
        int[] shape = new int[tensor.Rank];
        for (int i = 0; i < shape.Length; i++)
            shape[i] = checked((int)tensor.Lengths[i]);
        return shape;
    }
}
