using TorchBoard.Drawing;
using TorchBoard.Imaging;

namespace TorchBoard.Tests.Imaging;

internal sealed class PixelTests
{
    [TestCase(ImageLayout.Chw, new[] { 3, 1, 2 }, new byte[] { 1, 2, 3, 4, 5, 6 }, new byte[] { 1, 3, 5, 2, 4, 6 })]
    [TestCase(ImageLayout.Hwc, new[] { 1, 2, 3 }, new byte[] { 1, 2, 3, 4, 5, 6 }, new byte[] { 1, 2, 3, 4, 5, 6 })]
    [TestCase(ImageLayout.Hw, new[] { 2, 3 }, new byte[] { 1, 2, 3, 4, 5, 6 }, new byte[] { 1, 2, 3, 4, 5, 6 })]
    public void A_layout_determines_the_order_of_channels(ImageLayout layout, int[] shape, byte[] pixels, byte[] expected)
    {
        PixelShape pixelShape = PixelShape.OfPicture(layout, shape, pixels.Length);
        Assert.That(PixelConversion.ToRasters(pixels, pixelShape).Single().Pixels, Is.EqualTo(expected));
    }

    [Test]
    public void Floats_are_scaled_rounded_and_clipped()
    {
        byte[] bytes = new byte[10];
        PixelConversion.ToBytes(
            [0f, 1f, 0.5f, -3f, 7f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0.4999f / 255,
                0.5001f / 255], bytes);
        Assert.That(bytes, Is.EqualTo(new byte[] { 0, 255, 128, 0, 255, 0, 255, 0, 0, 1 }));
    }

    [Test]
    public void A_byte_divided_by_255_comes_back_as_it_was()
    {
        byte[] bytes = new byte[256];
        PixelConversion.ToBytes([.. Enumerable.Range(0, 256).Select(i => i / 255f)], bytes);
        Assert.That(bytes, Is.EqualTo(Enumerable.Range(0, 256).Select(i => (byte)i)));
    }

    [Test]
    public void Vectors_and_the_rest_of_a_picture_are_scaled_alike()
    {
        float[] values = [.. Enumerable.Range(0, 1000).Select(i => (i - 100) / 800f)];
        values[3] = values[131] = float.NaN;
        values[5] = values[133] = float.PositiveInfinity;
        values[7] = values[135] = float.MinValue;
        byte[] together = new byte[values.Length];
        byte[] oneByOne = new byte[values.Length];

        PixelConversion.ToBytes(values, together);
        for (int i = 0; i < values.Length; i++)
            PixelConversion.ToBytes(values.AsSpan(i, 1), oneByOne.AsSpan(i, 1));

        Assert.That(together, Is.EqualTo(oneByOne));
    }

    [Test]
    public void Planes_of_any_size_are_interleaved(
        [Values(2, 3, 4)] int channels, [Values(1, 3, 4, 5, 6, 7, 50)] int width)
    {
        byte[] planes = [.. Enumerable.Range(0, channels * width).Select(i => (byte)i)];

        byte[] pixels = PixelConversion.ToRasters(
            planes, PixelShape.OfPicture(ImageLayout.Chw, [channels, 1, width], planes.Length))[0].Pixels;

        Assert.That(
            pixels,
            Is.EqualTo(
                Enumerable.Range(0, planes.Length).Select(i => planes[(i % channels * width) + (i / channels)])));
    }

    [TestCase(ImageLayout.Chw, new[] { 2, 3 }, "must have 3 dimensions for the layout Chw; was [2, 3]")]
    [TestCase(ImageLayout.Chw, new[] { 2, 3, 2 }, "must be 12 for the shape [2, 3, 2]; was 6")]
    [TestCase(ImageLayout.Chw, new[] { 6, 1, 1 }, "Check the layout.")]
    [TestCase(ImageLayout.Hwc, new[] { 0, 2, 3 }, "at least 1")]
    [TestCase(ImageLayout.Hw, new[] { -2, -3 }, "at least 1")]
    [TestCase(ImageLayout.Hw, new[] { int.MaxValue, int.MaxValue }, "over 2147483647")]
    [TestCase(ImageLayout.Nchw, new[] { 1, 1, 2, 3 }, "For a batch, use AddImages")]
    public void An_invalid_shape_is_refused_with_the_expected_one(
        ImageLayout layout, int[] shape, string wanted) =>
        Assert.That(
            () => PixelShape.OfPicture(layout, shape, 6), Throws.ArgumentException.With.Message.Contains(wanted));

    [Test]
    public void A_grid_fills_its_rows_and_leaves_the_rest_black()
    {
        Raster[] pictures = PixelConversion.ToRasters(
            [1, 2, 3, 4, 5, 6], PixelShape.OfBatch(ImageLayout.Nhw, [3, 1, 2], 6));

        Raster grid = GridPlan.Compact(pictures, columns: 2);

        Assert.That((grid.Width, grid.Height), Is.EqualTo((4, 2)));
        Assert.That(grid.Pixels, Is.EqualTo(new byte[] { 1, 2, 3, 4, 5, 6, 0, 0 }));
    }

    [Test]
    public void A_grid_of_fewer_pictures_than_columns_is_as_wide_as_they_are()
    {
        Raster[] pictures = PixelConversion.ToRasters([1, 2], PixelShape.OfBatch(ImageLayout.Nhw, [2, 1, 1], 2));
        Assert.That(GridPlan.Compact(pictures, columns: 8).Pixels, Is.EqualTo(new byte[] { 1, 2 }));
    }
}
