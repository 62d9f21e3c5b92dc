using Google.Protobuf;
using TorchBoard.Drawing;
using TorchBoard.Imaging;
using TorchBoard.Protos;

namespace TorchBoard.Summaries;

/// <summary>Pictures, as <c>Summary.Image</c>.</summary>
internal static class ImageSummary
{
    public static Summary Of(string tag, Raster raster) =>
        Of(tag, raster.Width, raster.Height, raster.Channels, PngEncoder.Encode(raster));

    public static Summary Of(string tag, Raster[] frames, double framesPerSecond) => Of(
        tag, frames[0].Width, frames[0].Height, frames[0].Channels, ApngEncoder.Encode(frames, framesPerSecond));

    /// <param name="tag">The tag.</param>
    /// <param name="width">The width in pixels.</param>
    /// <param name="height">The height in pixels.</param>
    /// <param name="channels">1 gray, 2 gray and alpha, 3 RGB, 4 RGBA.</param>
    /// <param name="encoded">The encoded picture; the summary keeps this very array.</param>
    public static Summary Of(string tag, int width, int height, int channels, byte[] encoded)
    {
        var image = new Summary.Types.Image
        {
            Width = width,
            Height = height,
            Colorspace = channels,
            EncodedImageString = UnsafeByteOperations.UnsafeWrap(encoded),
        };
        return new Summary { Value = { new Summary.Types.Value { Tag = tag, Image = image } } };
    }
}
