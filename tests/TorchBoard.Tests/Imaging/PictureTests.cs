using TorchBoard.Drawing;
using TorchBoard.Imaging;

namespace TorchBoard.Tests.Imaging;

internal sealed class PictureTests
{
    [Test]
    public void Floats_of_channels_first_become_bytes_of_channels_last()
    {
        Picture picture = Picture.FromPixels([0f, 1, 0.2f, 0.4f, 0.6f, 0.8f], ImageLayout.Chw, [3, 1, 2]);
        Assert.That((picture.Height, picture.Width, picture.Channels), Is.EqualTo((1, 2, 3)));
        Assert.That(picture.Pixels.ToArray(), Is.EqualTo(new byte[] { 0, 51, 153, 255, 102, 204 }));
        Assert.That(picture[0, 1], Is.EqualTo(new Color(255, 102, 204)));
    }

    [TestCase(ImageLayout.Chw, new[] { 0f, 1, 0.2f, 0.4f, 0.6f, 0.8f })]
    [TestCase(ImageLayout.Hwc, new[] { 0, 0.2f, 0.6f, 1, 0.4f, 0.8f })]
    public void Floats_come_back_in_either_layout(ImageLayout layout, float[] expected) =>
        Assert.That(
            Picture.FromPixels([0f, 1, 0.2f, 0.4f, 0.6f, 0.8f], ImageLayout.Chw, [3, 1, 2]).ToFloats(layout),
            Is.EqualTo(expected).Within(1e-7));

    [Test]
    public void A_gray_pixel_has_its_gray_in_each_color() =>
        Assert.That(
            Picture.FromPixels((ReadOnlySpan<byte>)[7, 9], ImageLayout.Hw, [1, 2])[0, 1],
            Is.EqualTo(new Color(9, 9, 9)));

    [Test]
    public void As_PNG_it_has_the_same_pixels()
    {
        byte[] pixels = [.. Enumerable.Range(0, 2 * 3 * 3).Select(i => (byte)(i * 9))];
        PngReader png = PngReader.Decode(Picture.FromPixels(pixels, ImageLayout.Hwc, [2, 3, 3]).ToPng());
        Assert.That((png.Height, png.Width, png.Pixels), Is.EqualTo((2, 3, pixels)));
    }

    [Test]
    public void A_writer_logs_it_as_it_is()
    {
        using var directory = new TestDirectory();
        byte[] pixels = [1, 2, 3, 4, 5, 6];
        using (var writer = new SummaryWriter(directory.Path))
            writer.AddImage("p", Picture.FromPixels(pixels, ImageLayout.Hwc, [1, 2, 3]), 5);

        ImageSample image = RunLog.Open(directory.Path).Images["p"].Values[0].Single();
        Assert.That(PngReader.Decode(image.Encoded.ToArray()).Pixels, Is.EqualTo(pixels));
    }

    [Test]
    public void Invalid_arguments_are_refused()
    {
        Picture color = Picture.FromPixels(new byte[3], ImageLayout.Chw, [3, 1, 1]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => color.ToFloats(ImageLayout.Hw),
                Throws.ArgumentException.With.Message.Contains("Chw or Hwc for a picture with 3 channels; was Hw"));
            Assert.That(
                () => color[0, 1], Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("column"));
            Assert.That(
                () => color[-1, 0], Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("row"));
            Assert.That(() => Picture.FromPixels(new byte[4], ImageLayout.Chw, [3, 1, 1]), Throws.ArgumentException);
        }
    }
}
