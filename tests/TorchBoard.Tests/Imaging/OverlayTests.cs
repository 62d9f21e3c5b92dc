using TorchBoard.Drawing;
using TorchBoard.Imaging;

namespace TorchBoard.Tests.Imaging;

internal sealed class OverlayTests
{
    [Test]
    public void A_heat_map_is_mixed_with_the_picture_and_divided_by_the_largest_channel()
    {
        float[] picture = [0, 0, 0, 1, 1, 1, 0.5f, 0.5f, 0.5f, 1, 0, 0];
        Picture overlay = HeatOverlay.Draw(picture, ImageLayout.Hwc, [2, 2, 3], [0, 1, 0.5f, 0.25f], [2, 2]);
        Assert.That(
            overlay.Pixels.ToArray(), Is.EqualTo(new byte[] { 0, 0, 85, 255, 169, 169, 168, 254, 171, 169, 82, 169 }));
    }

    [Test]
    public void Channels_first_and_gray_pictures_are_mixed_alike()
    {
        float[] chw = [0, 1, 0, 1, 0, 1];
        byte[] color = HeatOverlay.Draw(chw, ImageLayout.Chw, [3, 1, 2], [0.3f, 0.9f], [1, 2]).Pixels.ToArray();
        byte[] gray = HeatOverlay.Draw([0, 1], ImageLayout.Hw, [1, 2], [0.3f, 0.9f], [1, 2]).Pixels.ToArray();
        byte[] alpha =
            HeatOverlay.Draw([0, 1, 1, 0], ImageLayout.Hwc, [1, 2, 2], [0.3f, 0.9f], [1, 2]).Pixels.ToArray();
        Assert.That(gray, Is.EqualTo(color));
        Assert.That(alpha, Is.EqualTo(color));
    }

    [Test]
    public void A_map_of_another_size_is_resized_with_half_pixel_centers()
    {
        Picture picture = Picture.FromPixels(new byte[4 * 4], ImageLayout.Hw, [4, 4]);
        Picture overlay = picture.WithHeat([0, 0.25f, 0.5f, 1], [2, 2], ColorMap.Gray, pictureWeight: 0);
        Assert.That(
            Enumerable.Range(0, 4).Select(x => overlay[0, x].Red),
            Is.EqualTo(new[] { 0, 0.0625, 0.1875, 0.25 }.Select(v => (byte)(255 * v))));
    }

    [Test]
    public void Values_outside_0_to_1_are_clipped_and_NaN_is_0()
    {
        Picture black = Picture.FromPixels(new byte[4], ImageLayout.Hw, [1, 4]);
        Picture overlay = black.WithHeat([-5, 7, float.NaN, 0], [1, 4], ColorMap.Gray, pictureWeight: 0);
        Assert.That(Enumerable.Range(0, 4).Select(x => overlay[0, x].Red), Is.EqualTo(new byte[] { 0, 255, 0, 0 }));
    }

    [Test]
    public void Nothing_over_black_stays_black()
    {
        Picture black = Picture.FromPixels(new byte[1], ImageLayout.Hw, [1, 1]);
        Assert.That(black.WithHeat([0], [1, 1], ColorMap.Gray)[0, 0], Is.EqualTo(new Color(0, 0, 0)));
    }

    [Test]
    public void A_mask_colors_its_pixels_and_no_others()
    {
        Picture gray = Picture.FromPixels((ReadOnlySpan<byte>)[100, 100, 100], ImageLayout.Hw, [1, 3]);
        Picture masked = gray.WithMasks(
            [true, true, false, false, true, false], [new(255, 0, 0), new(0, 0, 200)], opacity: 0.5f);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(masked[0, 0], Is.EqualTo(new Color(178, 50, 50)));
            Assert.That(masked[0, 1], Is.EqualTo(new Color(50, 50, 150)), "the later mask is seen");
            Assert.That(masked[0, 2], Is.EqualTo(new Color(100, 100, 100)));
            Assert.That(gray[0, 0], Is.EqualTo(new Color(100, 100, 100)), "the picture itself is as it was");
        }
    }

    [Test]
    public void Boxes_are_drawn_on_a_copy()
    {
        Picture color = Picture.FromPixels(new byte[27], ImageLayout.Hwc, [3, 3, 3]);
        Picture boxed = color.WithBoxes([new BoundingBox(0, 0, 2, 2, Color: new(9, 8, 7))]);
        Assert.That(boxed[0, 0], Is.EqualTo(new Color(9, 8, 7)));
        Assert.That(boxed[1, 1], Is.EqualTo(new Color(0, 0, 0)));
        Assert.That(color[0, 0], Is.EqualTo(new Color(0, 0, 0)));
    }

    // The wheel's colors at full saturation from the benchmark's own tables: right, down, left, up.
    [TestCase(1f, 0f, 255, 0, 0)]
    [TestCase(0f, 1f, 255, 229, 0)]
    [TestCase(-1f, 0f, 0, 209, 255)]
    [TestCase(0f, -1f, 88, 0, 255)]
    [TestCase(0f, 0f, 255, 255, 255)]
    [TestCase(0.5f, 0f, 255, 127, 127)]
    [TestCase(9f, 0f, 255, 0, 0)]
    [TestCase(float.NaN, 0f, 0, 0, 0)]
    public void Flow_shows_direction_as_hue_and_length_as_saturation(
        float right, float down, int red, int green, int blue)
    {
        Picture picture = OpticalFlow.Draw([right, down], 1, 1, longest: 1);
        Assert.That(
            new[] { picture[0, 0].Red, picture[0, 0].Green, picture[0, 0].Blue },
            Is.EqualTo(new[] { red, green, blue }).Within(1));
    }

    [Test]
    public void Flow_is_scaled_by_its_largest_length()
    {
        Picture picture = OpticalFlow.Draw([4, 2, 0, 0], 1, 2);
        Assert.That(picture[0, 0].Green, Is.Zero.Within(1));
        Assert.That(picture[0, 1].Green, Is.EqualTo(127).Within(1));
        Assert.That(
            OpticalFlow.Draw(new float[2], 1, 1)[0, 0], Is.EqualTo(new Color(255, 255, 255)), "no motion at all");
    }

    [Test]
    public void Invalid_arguments_are_refused()
    {
        Picture picture = Picture.FromPixels(new byte[4], ImageLayout.Hw, [2, 2]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => picture.WithHeat([1], [1], null),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("heatShape"));
            Assert.That(
                () => picture.WithHeat([1, 2], [1, 1]),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("must be 1 for the shape [1, 1]; was 2"));
            Assert.That(
                () => picture.WithHeat([1], [1, 1], ColorMap.RedWhiteGreen),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("signed"));
            Assert.That(
                () => picture.WithHeat([1], [1, 1], pictureWeight: 1.5f),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("pictureWeight"));
            Assert.That(
                () => picture.WithMask(new bool[3]),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("2 × 2"));
            Assert.That(
                () => picture.WithMasks(new bool[8], [default]),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("as many colors as masks, 2; was 1"));
            Assert.That(
                () => picture.WithMask(new bool[4], opacity: float.NaN),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("opacity"));
            Assert.That(
                () => OpticalFlow.Draw(new float[3], 1, 2),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("2 × 1 × 2"));
            Assert.That(
                () => OpticalFlow.Draw(new float[2], 1, 1, 0),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("longest"));
        }
    }
}
