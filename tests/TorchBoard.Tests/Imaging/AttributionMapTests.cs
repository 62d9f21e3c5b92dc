using TorchBoard.Drawing;
using TorchBoard.Imaging;

namespace TorchBoard.Tests.Imaging;

internal sealed class AttributionMapTests
{
    [Test]
    public void Outliers_are_clipped_and_the_rest_is_divided_by_the_smallest_outlier() =>
        Assert.That(
            AttributionMap.Of([1, -2, 3, -50], [2, 2]).Values.ToArray(),
            Is.EqualTo(new[] { 0.02, -0.04, 0.06, -1 }).Within(1e-6));

    [Test]
    public void Channels_are_summed() =>
        Assert.That(
            AttributionMap.Of([1, 0, 2, -3], [2, 1, 2], outlierPercent: 0).Values.ToArray(),
            Is.EqualTo(new[] { 1f, -1 }).Within(1e-6));

    [TestCase(AttributionSign.Positive, new[] { 1 / 3f, 0, 1, 0 })]
    [TestCase(AttributionSign.Negative, new[] { 0, 0.04f, 0, 1 })]
    [TestCase(AttributionSign.Absolute, new[] { 0.02f, 0.04f, 0.06f, 1 })]
    public void One_sign_alone_has_its_own_scale(AttributionSign sign, float[] expected) =>
        Assert.That(
            AttributionMap.Of([1, -2, 3, -50], [1, 2, 2], sign).Values.ToArray(), Is.EqualTo(expected).Within(1e-6));

    [Test]
    public void More_outliers_make_the_rest_stronger() =>
        Assert.That(
            AttributionMap.Of([1, -2, 3, -50], [2, 2], outlierPercent: 90).Values.ToArray(),
            Is.EqualTo(new[] { 1 / 3.0, -2 / 3.0, 1, -1 }).Within(1e-6));

    [TestCase(AttributionSign.Both, 255, 0, 0)]
    [TestCase(AttributionSign.Negative, 103, 0, 13)]
    [TestCase(AttributionSign.Positive, 247, 252, 245)]
    [TestCase(AttributionSign.Absolute, 8, 48, 107)]
    public void Each_sign_has_its_colors(AttributionSign sign, int red, int green, int blue) =>
        Assert.That(
            AttributionMap.Of([-1], [1, 1], sign).ToPicture()[0, 0],
            Is.EqualTo(new Color((byte)red, (byte)green, (byte)blue)));

    [Test]
    public void A_map_of_zeros_is_blank()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(AttributionMap.Of(new float[4], [2, 2]).IsBlank);
            Assert.That(AttributionMap.Of([-1, -2], [1, 2], AttributionSign.Positive).IsBlank);
            Assert.That(AttributionMap.Of([0, 1e-30f], [1, 2]).IsBlank, Is.False);
            Assert.That(AttributionMap.Of(new float[4], [2, 2]).ToPicture().Pixels.ToArray(), Is.All.EqualTo(255));
        }
    }

    [Test]
    public void NaN_is_gray_and_infinities_are_the_strongest()
    {
        Picture picture = AttributionMap.Of([float.NaN, float.PositiveInfinity, -4], [1, 3]).ToPicture();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(picture[0, 0], Is.EqualTo(new Color(128, 128, 128)));
            Assert.That(picture[0, 1], Is.EqualTo(new Color(0, 128, 0)));
            Assert.That(picture[0, 2], Is.EqualTo(new Color(255, 0, 0)));
        }
    }

    [Test]
    public void Over_a_picture_its_colors_are_mixed_with_the_pictures_gray()
    {
        Picture picture = Picture.FromPixels((ReadOnlySpan<byte>)[30, 60, 90], ImageLayout.Hwc, [1, 1, 3]);
        Assert.That(AttributionMap.Of([-1], [1, 1]).Over(picture)[0, 0], Is.EqualTo(new Color(158, 30, 30)));
    }

    [Test]
    public void A_map_without_values_of_the_sign_is_blank_and_white()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddAttribution("some", [1, -1], 0, [1, 2]);
            writer.AddAttribution("none", [0, 0], 0, [1, 2]);
        }

        Assert.That(AttributionMap.Of([1, -1], [1, 2]).IsBlank, Is.False);
        Assert.That(AttributionMap.Of([0, 0], [1, 2]).IsBlank);
        RunLog run = RunLog.Open(directory);
        Assert.That(
            PngReader.Decode(run.Images["some"].Values[0].Single().Encoded.ToArray()).Pixels,
            Is.EqualTo(new byte[] { 0, 128, 0, 255, 0, 0 }));
        Assert.That(
            PngReader.Decode(run.Images["none"].Values[0].Single().Encoded.ToArray()).Pixels, Is.All.EqualTo(255));
    }

    [Test]
    public void Invalid_arguments_are_refused()
    {
        var map = AttributionMap.Of([1], [1, 1]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => AttributionMap.Of([1, 2], [2]),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("[2]"));
            Assert.That(
                () => AttributionMap.Of([1, 2], [2, 1, 1, 1]),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("[2, 1, 1, 1]"));
            Assert.That(
                () => AttributionMap.Of([1], [1, 1], outlierPercent: 100),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("outlierPercent"));
            Assert.That(
                () => map.ToPicture(ColorMap.Hot),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("map"));
            Assert.That(
                () => map.Over(Picture.FromPixels(new byte[2], ImageLayout.Hw, [1, 2])),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("1 × 2"));
        }
    }
}
