using TorchBoard.Drawing;
using TorchBoard.Imaging;

namespace TorchBoard.Tests.Imaging;

internal sealed class PngEncoderTests
{
    [Test]
    public void Pictures_of_every_size_and_number_of_channels_decode_to_what_they_were(
        [Values(1, 2, 3, 4)] int channels, [Values(1, 2, 7, 16, 33, 100)] int width, [Values(1, 2, 19)] int height)
    {
        byte[] noise = new byte[width * height * channels];
        new Random(width * height).NextBytes(noise);
        byte[] gradient = [.. Enumerable.Range(0, noise.Length).Select(i => (byte)(i % (width * channels) + (i / 50)))];

        foreach (byte[] pixels in (byte[][])[noise, gradient])
        {
            PngReader decoded = PngReader.Decode(PngEncoder.Encode(new Raster(width, height, channels, pixels)));
            Assert.That((decoded.Width, decoded.Height, decoded.Channels), Is.EqualTo((width, height, channels)));
            Assert.That(decoded.Pixels, Is.EqualTo(pixels));
        }
    }

    [Test]
    public void A_smooth_picture_is_filtered_to_a_fraction_of_its_size()
    {
        byte[] pixels =
            [.. from y in Enumerable.Range(0, 224) from x in Enumerable.Range(0, 224) from c in Enumerable.Range(0, 3)
                            select (byte)(x / 2 + y / 3 + c * 20)];
        Assert.That(PngEncoder.Encode(new Raster(224, 224, 3, pixels)), Has.Length.LessThan(pixels.Length / 50));
    }

    [Test]
    public void Noise_is_hardly_larger_than_its_pixels()
    {
        byte[] pixels = new byte[224 * 224 * 3];
        new Random(1).NextBytes(pixels);
        Assert.That(PngEncoder.Encode(new Raster(224, 224, 3, pixels)), Has.Length.LessThan(pixels.Length * 1.01));
    }

    [Test]
    public void Noise_in_a_part_of_a_picture_leaves_the_rest_of_it_small()
    {
        byte[] pixels = new byte[224 * 224 * 3];
        new Random(1).NextBytes(pixels.AsSpan(pixels.Length / 3, pixels.Length / 3));
        Assert.That(PngEncoder.Encode(new Raster(224, 224, 3, pixels)), Has.Length.LessThan(pixels.Length * 0.35));
    }

    [Test]
    public void Noise_that_repeats_is_written_once()
    {
        byte[] tile = new byte[56 * 3];
        byte[] pixels = new byte[224 * 224 * 3];
        var random = new Random(1);
        for (int at = 0; at < pixels.Length; at += tile.Length)
        {
            if (at % (4 * tile.Length) == 0)
                random.NextBytes(tile);
            tile.CopyTo(pixels, at);
        }

        Assert.That(PngEncoder.Encode(new Raster(224, 224, 3, pixels)), Has.Length.LessThan(pixels.Length * 0.35));
    }
}
