using SixLabors.ImageSharp;
using TorchBoard.Imaging;

namespace TorchBoard;

/// <summary>Adds pictures of ImageSharp, of any pixel type, to the Images dashboard.</summary>
/// <remarks>
/// Pictures of <c>L8</c> and <c>L16</c> become gray, opaque ones RGB and others RGBA, with 8 bits per channel. The pixels
/// are copied, so that a picture may be changed or disposed after the call. Of an animated picture, the first frame counts.
/// </remarks>
public static class ImageSharpExtensions
{
    /// <summary>Converts a picture of ImageSharp to one that can be drawn on, overlaid and added.</summary>
    /// <param name="image">The picture.</param>
    /// <returns>A copy of its pixels.</returns>
    /// <exception cref="ArgumentNullException">The picture is null.</exception>
    public static Picture ToPicture(this Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var pixels = ImagePixels.Of(image);
        return Picture.FromPixels(pixels.Bytes, ImageLayout.Hwc, pixels.PictureShape);
    }

    /// <summary>Adds a picture to the Images dashboard.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>input</c>.</param>
    /// <param name="image">The picture.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode; it has values of another kind; or the picture is null.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer or the picture is disposed.</exception>
    public static void AddImage(
        this SummaryWriter writer, string tag, Image image, long step, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.AddImage(tag, image.ToPicture(), step, wallTime);
    }

    /// <summary>
    /// Adds a batch of pictures to the Images dashboard, as one picture that arranges them in a grid.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>batch</c>.</param>
    /// <param name="images">The pictures, all of the same size; at least one.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="columns">The number of pictures per row; at least 1, 8 by default.</param>
    /// <param name="wallTime">The time they were recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode; it has values of another kind; there is no picture; one is null or of
    /// another size; or the number of columns is less than 1.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer or a picture is disposed.</exception>
    public static void AddImages(
        this SummaryWriter writer, string tag, IEnumerable<Image> images, long step, int columns = 8,
        DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var pixels = ImagePixels.Of(images, nameof(images));
        writer.AddImages(tag, pixels.Bytes, step, ImageLayout.Nhwc, pixels.Shape, columns, wallTime);
    }

    /// <summary>Adds a picture with labeled boxes drawn on it to the Images dashboard.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>detections</c>.</param>
    /// <param name="image">The picture.</param>
    /// <param name="boxes">
    /// The boxes, drawn in this order; may be empty. Parts outside the picture are clipped.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode; it has values of another kind; the picture is null; or a box ends
    /// before it begins.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer or the picture is disposed.</exception>
    public static void AddImageWithBoxes(
        this SummaryWriter writer, string tag, Image image, ReadOnlySpan<BoundingBox> boxes, long step,
        DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(image);
        var pixels = ImagePixels.Of(image);
        writer.AddImageWithBoxes(tag, pixels.Bytes, boxes, step, ImageLayout.Hwc, pixels.PictureShape, wallTime);
    }

    /// <summary>Adds a video to the Images dashboard, as an animated PNG, which keeps all colors and loops.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>episode</c>.</param>
    /// <param name="frames">The frames, all of the same size; at least one.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="framesPerSecond">
    /// The frame rate; 0.001 to 1000, 4 by default. Browsers slow down animations faster than about 50.
    /// </param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode; it has values of another kind; there is no frame; one is null or of
    /// another size; or the frame rate is out of range.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer or a frame is disposed.</exception>
    public static void AddVideo(
        this SummaryWriter writer, string tag, IEnumerable<Image> frames, long step, double framesPerSecond = 4,
        DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var pixels = ImagePixels.Of(frames, nameof(frames));
        writer.AddVideo(
            tag, pixels.Bytes, step, VideoLayout.Thwc, pixels.Shape, framesPerSecond, wallTime: wallTime);
    }

    /// <summary>Adds the frames of an animated picture, such as a GIF, to the Images dashboard.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>episode</c>.</param>
    /// <param name="animation">The animated picture.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="framesPerSecond">
    /// The frame rate, which replaces that of the picture; 0.001 to 1000, 4 by default.
    /// </param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode; it has values of another kind; the picture is null; or the frame rate
    /// is out of range.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer or the picture is disposed.</exception>
    public static void AddVideo(
        this SummaryWriter writer, string tag, Image animation, long step, double framesPerSecond = 4,
        DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(animation);
        Image[] frames = [.. Enumerable.Range(0, animation.Frames.Count).Select(animation.Frames.CloneFrame)];
        try
        {
            writer.AddVideo(tag, frames, step, framesPerSecond, wallTime);
        }
        finally
        {
            foreach (Image frame in frames)
                frame.Dispose();
        }
    }
}
