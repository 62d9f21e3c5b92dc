using TorchBoard.Drawing;
using TorchBoard.Imaging;

namespace TorchBoard.Tests.Imaging;

internal sealed class ColorMapTests
{
    [TestCase(0, 0, 0, 128)]
    [TestCase(1, 0, 0, 132)]
    [TestCase(33, 0, 4, 255)]
    [TestCase(64, 0, 128, 255)]
    [TestCase(96, 2, 255, 254)]
    [TestCase(128, 130, 255, 126)]
    [TestCase(192, 255, 124, 0)]
    [TestCase(159, 254, 255, 1)]
    [TestCase(254, 132, 0, 0)]
    [TestCase(255, 128, 0, 0)]
    public void Jet_is_the_table_of_OpenCV(int level, int red, int green, int blue) =>
        Assert.That(ColorMap.Jet[level], Is.EqualTo(new Color((byte)red, (byte)green, (byte)blue)));

    [TestCase(0, 68, 1, 84)]
    [TestCase(128, 33, 145, 140)]
    [TestCase(255, 253, 231, 37)]
    public void Viridis_is_the_table_of_Matplotlib(int level, int red, int green, int blue) =>
        Assert.That(ColorMap.Viridis[level], Is.EqualTo(new Color((byte)red, (byte)green, (byte)blue)));

    [TestCase(0, 247, 252, 245)]
    [TestCase(1, 246, 252, 244)]
    [TestCase(100, 155, 214, 150)]
    [TestCase(200, 25, 131, 62)]
    [TestCase(255, 0, 68, 27)]
    public void Greens_are_those_of_Matplotlib(int level, int red, int green, int blue) =>
        Assert.That(ColorMap.Greens[level], Is.EqualTo(new Color((byte)red, (byte)green, (byte)blue)));

    [TestCase(0, 255, 245, 240)]
    [TestCase(40, 253, 215, 198)]
    [TestCase(127, 251, 107, 75)]
    [TestCase(255, 103, 0, 13)]
    public void Reds_are_those_of_Matplotlib(int level, int red, int green, int blue) =>
        Assert.That(ColorMap.Reds[level], Is.EqualTo(new Color((byte)red, (byte)green, (byte)blue)));

    [TestCase(0, 247, 251, 255)]
    [TestCase(40, 216, 231, 245)]
    [TestCase(127, 108, 174, 214)]
    [TestCase(255, 8, 48, 107)]
    public void Blues_are_those_of_Matplotlib(int level, int red, int green, int blue) =>
        Assert.That(ColorMap.Blues[level], Is.EqualTo(new Color((byte)red, (byte)green, (byte)blue)));

    [TestCase(0, 0, 0, 4)]
    [TestCase(128, 183, 55, 121)]
    [TestCase(255, 252, 253, 191)]
    public void Magma_is_the_table_of_Matplotlib(int level, int red, int green, int blue) =>
        Assert.That(ColorMap.Magma[level], Is.EqualTo(new Color((byte)red, (byte)green, (byte)blue)));

    [TestCase(0, 11, 0, 0)]
    [TestCase(100, 255, 18, 0)]
    [TestCase(200, 255, 255, 38)]
    [TestCase(255, 255, 255, 255)]
    public void Hot_goes_by_Matplotlibs_segments(int level, int red, int green, int blue) =>
        Assert.That(ColorMap.Hot[level], Is.EqualTo(new Color((byte)red, (byte)green, (byte)blue)));

    [TestCase(-1f, 255, 0, 0)]
    [TestCase(-0.5f, 255, 127, 127)]
    [TestCase(0f, 255, 255, 255)]
    [TestCase(1f, 0, 128, 0)]
    [TestCase(7f, 0, 128, 0)]
    [TestCase(float.NegativeInfinity, 255, 0, 0)]
    [TestCase(float.NaN, 128, 128, 128)]
    public void Signed_values_are_red_below_0_white_at_0_and_green_above(float value, int red, int green, int blue) =>
        Assert.That(ColorMap.RedWhiteGreen.Of(value), Is.EqualTo(new Color((byte)red, (byte)green, (byte)blue)));

    [Test]
    public void A_plane_is_drawn_from_minimum_to_maximum()
    {
        Picture picture = ColorMap.Gray.Apply([10, 15, 20, 99], height: 2, width: 2, minimum: 10, maximum: 20);
        Assert.That((picture.Height, picture.Width, picture.Channels), Is.EqualTo((2, 2, 3)));
        Assert.That(
            picture.Pixels.ToArray(), Is.EqualTo(new byte[] { 0, 0, 0, 128, 128, 128, 255, 255, 255, 255, 255, 255 }));
    }

    [Test]
    public void Scaling_uses_the_whole_map_and_ignores_NaN()
    {
        Picture picture =
            ColorMap.Viridis.ApplyScaled([float.NaN, -3, 5, float.PositiveInfinity], height: 1, width: 4);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(picture[0, 0], Is.EqualTo(new Color(128, 128, 128)));
            Assert.That(picture[0, 1], Is.EqualTo(ColorMap.Viridis[0]));
            Assert.That(picture[0, 2], Is.EqualTo(ColorMap.Viridis[255]));
            Assert.That(picture[0, 3], Is.EqualTo(ColorMap.Viridis[255]));
        }
    }

    [Test]
    public void Scaled_signed_values_keep_0_white()
    {
        Picture picture = ColorMap.RedWhiteGreen.ApplyScaled([-1, 0, 4], height: 1, width: 3);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(picture[0, 0], Is.EqualTo(ColorMap.RedWhiteGreen.Of(-0.25f)));
            Assert.That(picture[0, 1], Is.EqualTo(new Color(255, 255, 255)));
            Assert.That(picture[0, 2], Is.EqualTo(new Color(0, 128, 0)));
        }
    }

    [Test]
    public void Scaled_values_that_are_all_the_same_take_the_color_of_0()
    {
        Assert.That(ColorMap.Hot.ApplyScaled([7], 1, 1)[0, 0], Is.EqualTo(ColorMap.Hot.Of(0)));
        Assert.That(ColorMap.RedWhiteGreen.ApplyScaled([0], 1, 1)[0, 0], Is.EqualTo(new Color(255, 255, 255)));
    }

    [Test]
    public void Invalid_sizes_ranges_and_levels_are_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => ColorMap.Jet.Apply(new float[5], 2, 3),
                Throws.ArgumentException.With.Message.Contains("2 × 3 = 6; was 5"));
            Assert.That(
                () => ColorMap.Jet.Apply([], 0, 3),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("height"));
            Assert.That(
                () => ColorMap.Jet.Apply([1], 1, 1, 2, 2),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("maximum"));
            Assert.That(
                () => ColorMap.Jet[256], Throws.InstanceOf<ArgumentException>().With.Message.Contains("level"));
        }
    }
}
