using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace TorchBoard.ImageSharp.Tests;

/// <summary>Pictures of random pixels.</summary>
internal static class Noise
{
    public static Image<TPixel> Of<TPixel>(int width, int height, int seed = 7)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var random = new Random(seed);
        var image = new Image<TPixel>(width, height);
        byte[] color = new byte[4];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                random.NextBytes(color);
                TPixel pixel = default;
                pixel.FromRgba32(new Rgba32(color[0], color[1], color[2], color[3]));
                image[x, y] = pixel;
            }
        }

        return image;
    }

    /// <summary>The pixels as ImageSharp converts them to 8 bits per channel with alpha.</summary>
    public static byte[] Rgba(Image image)
    {
        using Image<Rgba32> converted = image.CloneAs<Rgba32>();
        byte[] pixels = new byte[image.Width * image.Height * 4];
        converted.CopyPixelDataTo(pixels);
        return pixels;
    }
}
