using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace TorchBoard;

/// <summary>The pixels of pictures of the same size, one after the other, in as few channels as hold them.</summary>
/// <param name="Bytes">The pixels: rows of interleaved channels.</param>
/// <param name="Shape">The number of pictures, their height and width, and the number of channels.</param>
internal sealed record ImagePixels(byte[] Bytes, int[] Shape)
{
    private const int Gray = 1;
    private const int Rgb = 3;
    private const int Rgba = 4;

    public ReadOnlySpan<int> PictureShape => Shape.AsSpan(1);

    public static ImagePixels Of(Image image) => Of([image]);

    /// <param name="images">The pictures.</param>
    /// <param name="argument">The argument that has them, for messages.</param>
    public static ImagePixels Of(IEnumerable<Image> images, string argument)
    {
        ArgumentNullException.ThrowIfNull(images, argument);
        Image[] all = [.. images];
        if (all.Length == 0)
            throw new ArgumentException("There must be at least one picture.", argument);
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i] is null)
                throw new ArgumentNullException(argument, $"Picture {i} is null.");
            if (all[i].Width != all[0].Width || all[i].Height != all[0].Height)
            {
                throw new ArgumentException(
                    $"All pictures must have the same size; the first is {all[0].Width} × {all[0].Height}, picture {i} is "
                    + $"{all[i].Width} × {all[i].Height}.",
                    argument);
            }
        }

        return Of(all);
    }

    private static ImagePixels Of(Image[] images)
    {
        if (Array.TrueForAll(images, image => image is Image<L8> or Image<L16>))
            return Read<L8>(images, Gray);
        if (Array.TrueForAll(images, image => image is Image<Rgb24>))
            return Read<Rgb24>(images, Rgb);
        ImagePixels pixels = Read<Rgba32>(images, Rgba);
        return pixels.IsOpaque ? pixels.WithoutAlpha() : pixels;
    }

    private bool IsOpaque
    {
        get
        {
            for (int i = Rgba - 1; i < Bytes.Length; i += Rgba)
            {
                if (Bytes[i] != byte.MaxValue)
                    return false;
            }

            return true;
        }
    }

    private ImagePixels WithoutAlpha()
    {
        byte[] opaque = new byte[Bytes.Length / Rgba * Rgb];
        for (int from = 0, to = 0; to < opaque.Length; from += Rgba, to += Rgb)
            Bytes.AsSpan(from, Rgb).CopyTo(opaque.AsSpan(to));
        return new ImagePixels(opaque, [Shape[0], Shape[1], Shape[2], Rgb]);
    }

    private static ImagePixels Read<TPixel>(Image[] images, int channels)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        int length = checked(images[0].Width * images[0].Height * channels);
        byte[] bytes = new byte[checked(length * images.Length)];
        for (int i = 0; i < images.Length; i++)
            Copy<TPixel>(images[i], bytes.AsSpan(i * length, length));
        return new ImagePixels(bytes, [images.Length, images[0].Height, images[0].Width, channels]);
    }

    private static void Copy<TPixel>(Image image, Span<byte> pixels)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        if (image is Image<TPixel> same)
        {
            same.CopyPixelDataTo(pixels);
            return;
        }

        // A conversion converts all frames.
        using Image? first = image.Frames.Count > 1 ? image.Frames.CloneFrame(0) : null;
        using Image<TPixel> converted = (first ?? image).CloneAs<TPixel>();
        converted.CopyPixelDataTo(pixels);
    }
}
