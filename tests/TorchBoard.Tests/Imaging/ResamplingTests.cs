using TorchBoard.Imaging;

namespace TorchBoard.Tests.Imaging;

internal sealed class ResamplingTests
{
    private const double Tolerance = 1e-6;

    [Test]
    public void Bilinear_treats_pixels_as_squares_with_the_value_at_the_center()
    {
        float[] resized = Resampling.Resize([0, 0.25f, 0.5f, 1], [2, 2], 4, 4);
        Assert.That(resized[..4], Is.EqualTo(new[] { 0, 0.0625, 0.1875, 0.25 }).Within(Tolerance));
        Assert.That(resized[4..8], Is.EqualTo(new[] { 0.125, 0.203125, 0.359375, 0.4375 }).Within(Tolerance));
    }

    [Test]
    public void Aligned_corners_keep_the_corners_values()
    {
        float[] resized = Resampling.Resize([0, 1, 2, 3], [2, 2], 4, 4, Interpolation.BilinearAlignedCorners);
        Assert.That(resized[..4], Is.EqualTo(new[] { 0, 1 / 3.0, 2 / 3.0, 1 }).Within(Tolerance));
        Assert.That(resized[12..], Is.EqualTo(new[] { 2, 7 / 3.0, 8 / 3.0, 3 }).Within(Tolerance));
    }

    [Test]
    public void Nearest_takes_the_pixel_under_the_upper_left_corner() =>
        Assert.That(
            Resampling.Resize([1, 2, 3, 4, 5], [1, 5], 2, 3, Interpolation.Nearest),
            Is.EqualTo(new float[] { 1, 2, 4, 1, 2, 4 }));

    [Test]
    public void Channels_are_resized_each_by_itself() =>
        Assert.That(
            Resampling.Resize([1, 3, 10, 30], [2, 1, 2], 1, 4),
            Is.EqualTo(new float[] { 1, 1.5f, 2.5f, 3, 10, 15, 25, 30 }).Within(Tolerance));

    [Test]
    public void Shrinking_with_antialiasing_uses_every_pixel()
    {
        // The triangle extends two pixels to each side: weights 0.75, 0.75 and 0.25, divided by their sum.
        float[] resized = Resampling.Resize([7, 0, 0, 0], [1, 4], 1, 2, Interpolation.BilinearAntialiased);
        Assert.That(resized, Is.EqualTo(new[] { 3.0, 0 }).Within(Tolerance));
        Assert.That(
            Resampling.Resize([1, 2, 3], [1, 3], 1, 6, Interpolation.BilinearAntialiased),
            Is.EqualTo(Resampling.Resize([1, 2, 3], [1, 3], 1, 6)));
    }

    [Test]
    public void The_same_size_changes_nothing([Values] Interpolation interpolation) =>
        Assert.That(
            Resampling.Resize([1, float.NaN, float.PositiveInfinity, 4], [2, 2], 2, 2, interpolation),
            Is.EqualTo(new[] { 1, float.NaN, float.PositiveInfinity, 4 }));

    [Test]
    public void One_pixel_fills_any_size([Values] Interpolation interpolation) =>
        Assert.That(Resampling.Resize([5], [1, 1], 2, 3, interpolation), Is.EqualTo(Enumerable.Repeat(5f, 6)));

    [TestCase(new[] { 4 }, "end in height and width; was [4]")]
    [TestCase(new[] { 2, 3 }, "must be 6 for the shape [2, 3]; was 4")]
    [TestCase(new[] { -2, -2 }, "at least 1")]
    [TestCase(new[] { int.MaxValue, int.MaxValue, int.MaxValue }, "over 2147483647")]
    public void An_invalid_shape_is_refused(int[] shape, string wanted) =>
        Assert.That(
            () => Resampling.Resize(new float[4], shape, 1, 1), Throws.ArgumentException.With.Message.Contains(wanted));
}
