using TorchBoard.Drawing;
using TorchBoard.Imaging;
using TorchBoard.Panels;

namespace TorchBoard.Tests.Imaging;

internal sealed class ImageGridTests
{
    private static readonly float[] Twelve = [.. Enumerable.Range(1, 12).Select(i => (float)i)];

    [Test]
    public void Pictures_are_in_rows_with_padding_around_them_and_gray_becomes_three_channels()
    {
        (float[] grid, int[] shape) = ImageGrid.Arrange(
            Twelve, ImageLayout.Nchw, [3, 1, 2, 2], new() { Columns = 2, Padding = 1, PaddingValue = 9 });

        Assert.That(shape, Is.EqualTo(new[] { 3, 7, 7 }));
        float[] expected =
        [
            9, 9, 9, 9, 9, 9, 9,
            9, 1, 2, 9, 5, 6, 9,
            9, 3, 4, 9, 7, 8, 9,
            9, 9, 9, 9, 9, 9, 9,
            9, 9, 10, 9, 9, 9, 9,
            9, 11, 12, 9, 9, 9, 9,
            9, 9, 9, 9, 9, 9, 9,
        ];
        Assert.That(grid, Is.EqualTo(expected.Concat(expected).Concat(expected)));
    }

    [Test]
    public void By_default_a_row_has_8_pictures_2_pixels_apart()
    {
        (float[] grid, int[] shape) = ImageGrid.Arrange(new float[10 * 3 * 4 * 5], ImageLayout.Nhwc, [10, 4, 5, 3]);
        Assert.That(shape, Is.EqualTo(new[] { 3, (2 * (4 + 2)) + 2, (8 * (5 + 2)) + 2 }));
        Assert.That(grid, Has.Length.EqualTo(3 * 14 * 58));
    }

    [TestCase(0)]
    [TestCase(255)]
    public void Digits_of_8_by_8_pixels_keep_a_gap_that_differs_from_their_black_or_white_edges(int background)
    {
        byte[] digits = new byte[64 * 8 * 8];
        digits.AsSpan().Fill((byte)background);
        Picture grid = ImageGrid.Draw(digits, ImageLayout.Nhw, [64, 8, 8]);

        Assert.That((grid.Height, grid.Width), Is.EqualTo((82, 82)));
        for (int i = 0; i < 82; i++)
        {
            int expected = i % 10 < 2 ? 128 : background;
            Assert.That((int)grid[5, i].Green, Is.EqualTo(expected).Within(1), $"column {i}");
            Assert.That((int)grid[i, 5].Green, Is.EqualTo(expected).Within(1), $"row {i}");
        }
    }

    [Test]
    public void One_picture_alone_has_no_edge()
    {
        Assert.That(
            ImageGrid.Arrange([1, 2], ImageLayout.Nhw, [1, 1, 2]).Pixels, Is.EqualTo(new float[] { 1, 2, 1, 2, 1, 2 }));
        Assert.That(
            ImageGrid.Draw([0f, 1], ImageLayout.Nhw, [1, 1, 2]).Pixels.ToArray(), Is.EqualTo(new byte[] { 0, 255 }));
    }

    [Test]
    public void Drawn_it_has_the_same_pixels_as_bytes()
    {
        Picture grid = ImageGrid.Draw(
            (ReadOnlySpan<byte>)[1, 2, 3, 4, 5, 6, 7, 8, 9], ImageLayout.Nhwc, [3, 1, 1, 3],
            new() { Columns = 2, Padding = 1, PaddingValue = 0.2f });

        Assert.That((grid.Height, grid.Width), Is.EqualTo((5, 5)));
        Assert.That(
            Enumerable.Range(0, 25).Select(i => grid[i / 5, i % 5].Green),
            Is.EqualTo(new byte[]
            {
                51, 51, 51, 51, 51,
                51, 2, 51, 5, 51,
                51, 51, 51, 51, 51,
                51, 8, 51, 51, 51,
                51, 51, 51, 51, 51,
            }));
    }

    [Test]
    public void Scaling_together_maps_the_smallest_value_of_all_to_0_and_the_largest_to_1() =>
        Assert.That(
            Cells([1, 2, 3, 5], new() { Normalize = true, Padding = 0 }),
            Is.EqualTo(new[] { 0, 0.25, 0.5, 1 }).Within(1e-6));

    [Test]
    public void Scaling_each_picture_gives_each_its_own_0_and_1() =>
        Assert.That(
            Cells([1, 2, 3, 5], new() { NormalizeEach = true, Padding = 0 }),
            Is.EqualTo(new[] { 0, 1, 0, 1 }).Within(1e-6));

    [Test]
    public void Scaling_from_a_range_clips_values_outside() =>
        Assert.That(
            Cells([1, 2, 3, 5], new() { Range = (2, 4), Padding = 0 }),
            Is.EqualTo(new[] { 0, 0, 0.5, 1 }).Within(1e-6));

    [Test]
    public void Pictures_that_are_all_the_same_become_0_and_tiny_differences_stay_small()
    {
        Assert.That(Cells([7, 7, 7, 7], new() { Normalize = true, Padding = 0 }), Is.All.Zero);
        Assert.That(Cells([0, 1e-6f, 0, 0], new() { Normalize = true, Padding = 0 })[1], Is.EqualTo(0.1).Within(1e-6));
    }

    [Test]
    public void Values_that_are_not_finite_are_ignored_in_the_scale() =>
        Assert.That(
            ImageGrid.Draw([0f, 2, float.NaN, float.PositiveInfinity], ImageLayout.Nhw, [2, 1, 2],
            new() { Normalize = true, Padding = 0 })
                .Pixels.ToArray(),
            Is.EqualTo(new byte[] { 0, 255, 0, 255 }));

    [Test]
    public void Pixels_can_be_drawn_as_squares()
    {
        Picture grid = ImageGrid.Draw(
            (ReadOnlySpan<byte>)[1, 2], ImageLayout.Nhw, [2, 1, 1], new() { Scale = 2, Padding = 1, PaddingValue = 0 });
        Assert.That(
            grid.Pixels.ToArray(),
            Is.EqualTo(new byte[]
            {
                0, 0, 0, 0, 0, 0, 0,
                0, 1, 1, 0, 2, 2, 0,
                0, 1, 1, 0, 2, 2, 0,
                0, 0, 0, 0, 0, 0, 0,
            }));
        Assert.That(
            ImageGrid.Arrange([1, 2], ImageLayout.Nhw, [2, 1, 1], new() { Scale = 2, Padding = 1 }).Pixels[..28],
            Is.EqualTo(grid.Pixels.ToArray().Select(b => (float)b)));
    }

    [Test]
    public void Numbers_can_be_colored_with_0_in_the_middle_for_signed_values()
    {
        Picture grid = ImageGrid.Draw(
            [-1f, 0, 4, 2], ImageLayout.Nhw, [1, 1, 4], new()
            {
                ColorMap =
                ColorMap.RedWhiteGreen,
                Normalize = true
            });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(grid[0, 0], Is.EqualTo(ColorMap.RedWhiteGreen.Of(-0.25f)));
            Assert.That(grid[0, 1], Is.EqualTo(new Color(255, 255, 255)));
            Assert.That(grid[0, 2], Is.EqualTo(ColorMap.RedWhiteGreen.Of(1)));
            Assert.That(grid[0, 3], Is.EqualTo(ColorMap.RedWhiteGreen.Of(0.5f)));
        }
    }

    [Test]
    public void A_writer_logs_a_grid_with_its_options()
    {
        using var directory = new TestDirectory();
        var options = new ImageGridOptions { Columns = 1, Padding = 1, PaddingValue = 1 };
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddImages("bytes", (ReadOnlySpan<byte>)[1, 2], 0, ImageLayout.Nhw, [2, 1, 1], options);
            writer.AddImages("floats", [1 / 255f, 2 / 255f], 0, ImageLayout.Nhw, [2, 1, 1], options);
        }

        byte[] expected = [255, 255, 255, 255, 1, 255, 255, 255, 255, 255, 2, 255, 255, 255, 255];
        RunLog run = RunLog.Open(directory);
        foreach (string tag in new[] { "bytes", "floats" })
        {
            Assert.That(
                PngReader.Decode(run.Images[tag].Values[0].Single().Encoded.ToArray()).Pixels,
                Is.EqualTo(expected), tag);
        }
    }

    [Test]
    public void Feature_maps_are_the_first_25_channels_in_rows_of_5_each_scaled_by_itself()
    {
        float[] activations = new float[30 * 48 * 48];
        for (int c = 0; c < 30; c++)
            activations[(c * 48 * 48) + 1] = c + 1;

        Picture grid = LayerPictures.FeatureMaps(activations, [30, 48, 48]);

        Assert.That((grid.Height, grid.Width), Is.EqualTo((252, 252)));
        for (int c = 0; c < 25; c++)
        {
            (int top, int left) = (2 + (c / 5 * 50), 2 + (c % 5 * 50));
            Assert.That(grid[top, left], Is.EqualTo(ColorMap.Viridis[0]), $"channel {c}");
            Assert.That(grid[top, left + 1], Is.EqualTo(ColorMap.Viridis[255]), $"channel {c}");
        }
    }

    [Test]
    public void Small_feature_maps_are_enlarged() =>
        Assert.That(LayerPictures.FeatureMaps(new float[7 * 7], [1, 1, 7, 7]).Height, Is.EqualTo(49));

    [Test]
    public void Kernels_of_three_inputs_are_in_color()
    {
        float[] weights = [.. Enumerable.Range(0, 2 * 3).Select(i => (float)i)];
        Picture grid = LayerPictures.Kernels(weights, [2, 3, 1, 1], new() { Normalize = true, Padding = 0 });
        Assert.That(grid.Pixels.ToArray(), Is.EqualTo(new byte[] { 0, 51, 102, 153, 204, 255 }));
    }

    [Test]
    public void Kernels_of_other_inputs_have_a_row_for_each_output()
    {
        float[] weights = [.. Enumerable.Range(0, 3 * 2).Select(i => (float)i)];
        Picture grid = LayerPictures.Kernels(weights, [3, 2, 1, 1]);
        Assert.That((grid.Height, grid.Width, grid.Channels), Is.EqualTo(((3 * 36) + 4, (2 * 36) + 4, 1)));
        Assert.That(grid[4 + 36, 4 + 36].Red, Is.EqualTo(153), "output 1, input 1");
    }

    [Test]
    public void Invalid_grids_are_refused()
    {
        Picture one = Picture.FromPixels(new byte[1], ImageLayout.Hw, [1, 1]);
        Picture other = Picture.FromPixels(new byte[2], ImageLayout.Hw, [1, 2]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => ImageGrid.Draw([]),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("At least one picture"));
            Assert.That(
                () => ImageGrid.Draw([one, other]),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("picture 1 is 1 × 2 × 1"));
            Assert.That(
                () => ImageGrid.Draw(new float[3], ImageLayout.Nchw, [1, 3, 1, 1], new() { ColorMap = ColorMap.Hot }),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("these have 3"));
            Assert.That(
                () => new ImageGridOptions { Columns = 0 },
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("Columns"));
            Assert.That(
                () => new ImageGridOptions { Padding = -1 },
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("Padding"));
            Assert.That(
                () => new ImageGridOptions { Scale = 0 },
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("Scale"));
            Assert.That(
                () => new ImageGridOptions { Range = (1, 1) },
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("1 to 1"));
            Assert.That(
                () => LayerPictures.FeatureMaps(new float[4], [2, 2]),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("tokens of a transformer"));
            Assert.That(
                () => LayerPictures.Kernels(new float[4], [2, 2, 1]),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("[2, 2, 1]"));
            Assert.That(
                () => ImageGrid.Draw(new byte[1 << 20], ImageLayout.Nhw, [1 << 10, 1, 1 << 10], new() { Scale = 256 }),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("2 GiB"));
        }
    }

    private static float[] Cells(float[] values, ImageGridOptions options) =>
        ImageGrid.Arrange(values, ImageLayout.Nhw, [2, 1, 2], options).Pixels[..4];
}
