using System.Numerics;
using System.Numerics.Tensors;
using TorchBoard.Drawing;
using TorchBoard.Imaging;
using TorchBoard.Numerics;
using TorchBoard.Plugins;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>The default number of columns of a picture grid, as in PyTorch.</summary>
    private const int DefaultColumns = 8;

    /// <summary>Adds a picture to the Images dashboard.</summary>
    /// <typeparam name="T">Any numeric type.</typeparam>
    /// <param name="tag">The tag, such as <c>input</c>.</param>
    /// <param name="pixels">
    /// The pixels of any numeric type: integers are 0 to 255 per channel, other numbers 0 to 1. Values outside the
    /// range are clipped; NaN is black. The first picture of fractions that appears to range from 0 to 255 is
    /// reported (<see cref="SummaryWriterOptions.OnWarning"/>).
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="layout">The order of the dimensions: Hw, Chw or Hwc.</param>
    /// <param name="shape">Their sizes in that order, such as <c>[3, 224, 224]</c> for Chw.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <remarks>The pixels are copied; the PNG is made in the background.</remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; or the layout, the shape and the
    /// number of pixels do not match.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddImage<T>(
        string tag, ReadOnlySpan<T> pixels, long step, ImageLayout layout, ReadOnlySpan<int> shape,
        DateTimeOffset? wallTime = null)
        where T : unmanaged, INumberBase<T>
    {
        PixelShape pixelShape = PixelShape.OfPicture(layout, shape, pixels.Length);
        AppendPicture(tag, PixelConversion.ToRasters(pixels, pixelShape), DefaultColumns, step, wallTime);
        ReportByteRange(tag, pixels);
    }

    /// <inheritdoc cref="AddImage{T}(string, ReadOnlySpan{T}, long, ImageLayout, ReadOnlySpan{int}, DateTimeOffset?)"/>
    public void AddImage<T>(
        string tag, in ReadOnlyTensorSpan<T> pixels, long step, ImageLayout layout,
        DateTimeOffset? wallTime = null)
        where T : unmanaged, INumberBase<T> =>
        AddImage(tag, Flatten(pixels), step, layout, ShapeOf(pixels), wallTime);

    /// <summary>
    /// Adds a batch of pictures to the Images dashboard, as one picture that arranges them in a grid.
    /// </summary>
    /// <typeparam name="T">Any numeric type.</typeparam>
    /// <param name="tag">The tag, such as <c>batch</c>.</param>
    /// <param name="pixels">
    /// The pixels of any numeric type: integers are 0 to 255 per channel, other numbers 0 to 1. Values outside the
    /// range are clipped; NaN is black. The first picture of fractions that appears to range from 0 to 255 is
    /// reported (<see cref="SummaryWriterOptions.OnWarning"/>).
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="layout">The order of the dimensions: Nhw, Nchw or Nhwc.</param>
    /// <param name="shape">Their sizes in that order, such as <c>[16, 3, 32, 32]</c> for Nchw.</param>
    /// <param name="columns">The number of pictures per row; at least 1, 8 by default.</param>
    /// <param name="wallTime">The time they were recorded; the current time by default.</param>
    /// <remarks>The pixels are copied; the PNG is made in the background.</remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; or the layout, the shape and the
    /// number of pixels do not match.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddImages<T>(
        string tag, ReadOnlySpan<T> pixels, long step, ImageLayout layout, ReadOnlySpan<int> shape,
        int columns = DefaultColumns, DateTimeOffset? wallTime = null)
        where T : unmanaged, INumberBase<T>
    {
        PixelShape pixelShape = PixelShape.OfBatch(layout, shape, pixels.Length);
        AppendPicture(tag, PixelConversion.ToRasters(pixels, pixelShape), columns, step, wallTime);
        ReportByteRange(tag, pixels);
    }

    /// <inheritdoc cref="AddImages{T}(string, ReadOnlySpan{T}, long, ImageLayout, ReadOnlySpan{int}, int, DateTimeOffset?)"/>
    public void AddImages<T>(
        string tag, in ReadOnlyTensorSpan<T> pixels, long step, ImageLayout layout,
        int columns = DefaultColumns, DateTimeOffset? wallTime = null)
        where T : unmanaged, INumberBase<T> =>
        AddImages(tag, Flatten(pixels), step, layout, ShapeOf(pixels), columns, wallTime);

    /// <summary>Adds a picture with labeled boxes drawn on it to the Images dashboard.</summary>
    /// <typeparam name="T">Any numeric type.</typeparam>
    /// <param name="tag">The tag, such as <c>detections</c>.</param>
    /// <param name="pixels">
    /// The pixels of any numeric type: integers are 0 to 255 per channel, other numbers 0 to 1. Values outside the
    /// range are clipped; NaN is black. The first picture of fractions that appears to range from 0 to 255 is
    /// reported (<see cref="SummaryWriterOptions.OnWarning"/>).
    /// </param>
    /// <param name="boxes">
    /// The boxes, drawn in this order; may be empty. Parts outside the picture are clipped.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="layout">The order of the dimensions: Hw, Chw or Hwc.</param>
    /// <param name="shape">Their sizes in that order, such as <c>[3, 224, 224]</c> for Chw.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; the layout, the shape and the number
    /// of pixels do not match; or a box ends before it begins.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddImageWithBoxes<T>(
        string tag, ReadOnlySpan<T> pixels, ReadOnlySpan<BoundingBox> boxes, long step, ImageLayout layout,
        ReadOnlySpan<int> shape, DateTimeOffset? wallTime = null)
        where T : unmanaged, INumberBase<T>
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
    /// The tag is null, empty or not valid Unicode, or has values of another kind; or the bytes have none of these
    /// formats.
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
    /// Reports fractions that appear to range from 0 to 255: the smallest is at least 0, the largest 16 to 255.
    /// </summary>
    private void ReportByteRange<T>(string tag, ReadOnlySpan<T> pixels)
        where T : unmanaged, INumberBase<T>
    {
        const float least = 16;
        if (_session.Notices.HasByteRange || Numbers.IsInteger<T>() || !IsReached(least, pixels))
            return;
        ReadOnlySpan<float> shares = PixelConversion.ToShares(pixels);
        if (TensorPrimitives.Max(shares) is var largest and <= byte.MaxValue && TensorPrimitives.Min(shares) >= 0)
            _session.Notices.ByteRange(tag, largest);
    }

    // Looks at about a thousand values, evenly spaced: all of a large picture would cost half of its conversion.
    private static bool IsReached<T>(float least, ReadOnlySpan<T> pixels)
        where T : unmanaged, INumberBase<T>
    {
        const int looks = 1024;
        int apart = (pixels.Length / looks) | 1;
        for (int i = 0; i < pixels.Length; i += apart)
        {
            if (float.CreateSaturating(pixels[i]) >= least)
                return true;
        }

        return false;
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
