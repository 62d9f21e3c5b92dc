using System.Globalization;
using System.Text;
using Google.Protobuf;
using TorchBoard.Drawing;
using TorchBoard.Events;
using TorchBoard.Imaging;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

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
    /// <param name="channels">1 for gray, 2 for gray and alpha, 3 for RGB, 4 for RGBA.</param>
    /// <param name="encoded">The encoded picture; the summary uses the array without copying it.</param>
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

    public static IReadOnlyList<ImageSample> Decode(scoped in ValueView value) => value.Form == ValueForm.Image
        ? Decode(Summary.Types.Image.Parser.ParseFrom(value.Body))
        : Decode(TensorSummary.Decode(value, "image"));

    private static IReadOnlyList<ImageSample> Decode(Summary.Types.Image image) =>
        [Sample(image.Width, image.Height, image.EncodedImageString.Memory)];

    // The new style: width, height and any number of pictures.
    private static IReadOnlyList<ImageSample> Decode(TensorValue tensor)
    {
        if (tensor.Type != TensorType.String || tensor.ElementCount < 2)
            throw new InvalidDataException($"images must be strings [width, height, image…]; the tensor is {tensor}");
        return Decode(tensor.ToBytes());
    }

    /// <summary>Decodes the strings of a value: width, height and any number of pictures.</summary>
    /// <exception cref="InvalidDataException">Width or height is not a number.</exception>
    public static IReadOnlyList<ImageSample> Decode(IReadOnlyList<ReadOnlyMemory<byte>> strings)
    {
        if (strings.Count < 2)
            throw new InvalidDataException("images must be strings [width, height, image…]");
        int width = Number(strings[0].Span);
        int height = Number(strings[1].Span);
        return [.. strings.Skip(2).Select(encoded => Sample(width, height, encoded))];
    }

    private static ImageSample Sample(int width, int height, ReadOnlyMemory<byte> encoded) =>
        new(width, height, FormatOf(encoded.Span), encoded);

    private static int Number(ReadOnlySpan<byte> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new InvalidDataException($"the image size '{Encoding.UTF8.GetString(text)}' is not a number");

    private static string FormatOf(ReadOnlySpan<byte> encoded)
    {
        ReadOnlySpan<byte> start = encoded[..Math.Min(encoded.Length, 256)];
        if (start is [0x89, (byte)'P', (byte)'N', (byte)'G', ..])
            return start.IndexOf("acTL"u8) >= 0 ? "apng" : "png";
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return "jpeg";
        if (start.StartsWith("GIF8"u8))
            return "gif";
        if (start.StartsWith("BM"u8))
            return "bmp";
        if (start.StartsWith("RIFF"u8) && start.Length > 12 && start[8..12].SequenceEqual("WEBP"u8))
            return "webp";
        if (start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8))
            return "tiff";
        return start.IndexOf("<svg"u8) >= 0 ? "svg" : "bin";
    }
}
