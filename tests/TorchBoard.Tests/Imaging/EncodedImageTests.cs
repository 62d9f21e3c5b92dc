using TorchBoard.Drawing;
using TorchBoard.Imaging;

namespace TorchBoard.Tests.Imaging;

internal sealed class EncodedImageTests
{
    private static readonly object[] Pictures =
    [
        new object[] { PngEncoder.Encode(new Raster(3, 5, 1)), "PNG", 3, 5 },
        new object[] { (byte[])[.. "GIF89a"u8, 4, 1, 2, 0, 0, 0, 0], "GIF", 260, 2 },
        new object[] { (byte[])[.. "BM"u8, .. new byte[16], 7, 0, 0, 0, 0xF8, 0xFF, 0xFF, 0xFF], "BMP", 7, 8 },
        new object[]
        {
            (byte[])[0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xFF, 0xC2, 0, 11, 8, 0, 9, 1, 0, 1, 0x11, 0], "JPEG",
            256, 9,
        },
    ];

    [TestCaseSource(nameof(Pictures))]
    public void The_size_is_read_from_the_header(byte[] encoded, string format, int width, int height) =>
        Assert.That(EncodedImage.Read(encoded), Is.EqualTo(new EncodedImage(format, width, height)));

    [TestCaseSource(nameof(Pictures))]
    public void A_picture_truncated_in_its_header_is_refused(byte[] encoded, string format, int width, int height)
    {
        // The size is within the last bytes of each of these headers.
        int keep = format == "PNG" ? 23 : format == "GIF" ? 9 : format == "BMP" ? 25 : 17;
        Assert.That(() => EncodedImage.Read(encoded.AsSpan(0, keep)), Throws.ArgumentException);
    }

    [TestCase(0)]
    [TestCase(int.MinValue)]
    public void A_height_that_no_picture_has_is_refused(int height)
    {
        byte[] bmp = [.. "BM"u8, .. new byte[16], 1, 0, 0, 0, .. BitConverter.GetBytes(height)];
        Assert.That(() => EncodedImage.Read(bmp), Throws.ArgumentException);
    }

    [Test]
    public void Other_bytes_are_refused_with_a_list_of_the_supported_formats() =>
        Assert.That(
            () => EncodedImage.Read("<svg xmlns='http://www.w3.org/2000/svg'/>"u8),
            Throws.ArgumentException.With.Message.Contains("PNG, JPEG, GIF or BMP"));
}
