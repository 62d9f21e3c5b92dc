using TorchBoard.Drawing;
using TorchBoard.Imaging;

namespace TorchBoard.Tests.Imaging;

internal sealed class PreparationTests
{
    [Test]
    public void A_center_crop_leaves_equal_margins()
    {
        Picture picture = Numbered(4, 6);
        Picture cut = picture.CenterCrop(2, 2);
        Assert.That(cut.Pixels.ToArray(), Is.EqualTo(new byte[] { 8, 9, 14, 15 }));
    }

    // Half of 1 is 0, half of 3 is 2: torchvision rounds halves to even numbers.
    [TestCase(5, 0)]
    [TestCase(7, 2)]
    public void An_odd_remainder_is_halved_to_an_even_number(int width, int first) =>
        Assert.That(Numbered(1, width).CenterCrop(1, 4).Pixels[0], Is.EqualTo(first));

    [Test]
    public void A_crop_is_the_given_rectangle() =>
        Assert.That(Numbered(3, 3).Crop(1, 0, 2, 2).Pixels.ToArray(), Is.EqualTo(new byte[] { 3, 4, 6, 7 }));

    [TestCase(480, 640, 256, 341)]
    [TestCase(640, 480, 341, 256)]
    [TestCase(300, 300, 256, 256)]
    public void The_shorter_side_has_the_size_and_the_aspect_ratio_is_kept(
        int height, int width, int newHeight, int newWidth)
    {
        Picture resized =
            Picture.FromPixels(new byte[height * width], ImageLayout.Hw, [height, width]).ResizeShorterSide();
        Assert.That((resized.Height, resized.Width), Is.EqualTo((newHeight, newWidth)));
    }

    [Test]
    public void A_prepared_picture_is_normalized_channel_by_channel()
    {
        byte[] pixels = [.. Enumerable.Range(0, 300 * 400).SelectMany(_ => new byte[] { 255, 0, 51 })];
        Picture picture = Picture.FromPixels(pixels, ImageLayout.Hwc, [300, 400, 3]);

        float[] input = ChannelNormalization.ImageNet.Prepare(picture);

        Assert.That(input, Has.Length.EqualTo(3 * 224 * 224));
        Assert.That(input[..(224 * 224)], Is.All.EqualTo((1 - 0.485) / 0.229).Within(1e-5));
        Assert.That(input[(224 * 224)..(2 * 224 * 224)], Is.All.EqualTo((0 - 0.456) / 0.224).Within(1e-5));
        Assert.That(input[(2 * 224 * 224)..], Is.All.EqualTo((0.2 - 0.406) / 0.225).Within(1e-5));
        Assert.That(
            ChannelNormalization.ImageNet.ToPicture(input, [3, 224, 224])[100, 100],
            Is.EqualTo(new Color(255, 0, 51)));
    }

    [Test]
    public void A_batch_is_normalized_and_comes_back()
    {
        var normalization = new ChannelNormalization([1, 2], [2, 4]);
        float[] normalized = normalization.Apply([3, 6, 5, 10], [2, 2, 1, 1]);
        Assert.That(normalized, Is.EqualTo(new float[] { 1, 1, 2, 2 }));
        Assert.That(normalization.Invert(normalized, [2, 2, 1, 1]), Is.EqualTo(new float[] { 3, 6, 5, 10 }));
    }

    [Test]
    public void Invalid_arguments_are_refused()
    {
        Picture picture = Numbered(2, 2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => picture.CenterCrop(3, 1), Throws.InstanceOf<ArgumentException>().With.Message.Contains("height"));
            Assert.That(
                () => picture.Crop(0, 1, 1, 2),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("at most 1 where left is 1"));
            Assert.That(
                () => picture.Crop(-1, 0, 1, 1), Throws.InstanceOf<ArgumentException>().With.Message.Contains("top"));
            Assert.That(
                () => picture.ResizeShorterSide(0),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("size"));
            Assert.That(
                () => new ChannelNormalization([], []),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("means"));
            Assert.That(
                () => new ChannelNormalization([0], [0]),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("deviations"));
            Assert.That(
                () => ChannelNormalization.ImageNet.Apply([1], [1, 1, 1]),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("3 channels"));
            Assert.That(
                () => ChannelNormalization.ImageNet.Prepare(picture),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("was 1"));
        }
    }

    private static Picture Numbered(int height, int width) => Picture.FromPixels(
        [.. Enumerable.Range(0, height * width).Select(i => (byte)i)], ImageLayout.Hw, [height, width]);
}
