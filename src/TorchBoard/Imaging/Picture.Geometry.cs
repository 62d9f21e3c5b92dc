using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

public sealed partial class Picture
{
    /// <summary>Returns the picture resized.</summary>
    /// <param name="height">Number of rows of the result; at least 1.</param>
    /// <param name="width">Number of columns of the result; at least 1.</param>
    /// <param name="interpolation">The interpolation; antialiased bilinear by default, as in torchvision.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    public Picture Resize(int height, int width, Interpolation interpolation = Interpolation.BilinearAntialiased)
    {
        float[] resized = Resampling.Resize(
            ToFloats(ImageLayout.Chw), [Channels, Height, Width], height, width, interpolation);
        return FromPixels(resized, ImageLayout.Chw, [Channels, height, width]);
    }

    /// <summary>
    /// Returns the picture resized so that its shorter side has the given size; the aspect ratio is kept.
    /// </summary>
    /// <param name="size">
    /// The size of the shorter side in pixels; at least 1, 256 by default. The longer side is rounded down.
    /// </param>
    /// <param name="interpolation">The interpolation; antialiased bilinear by default, as in torchvision.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    public Picture ResizeShorterSide(
        int size = ChannelNormalization.UsualShorterSide,
        Interpolation interpolation = Interpolation.BilinearAntialiased)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        int longer = checked((int)((long)size * Math.Max(Height, Width) / Math.Min(Height, Width)));
        return Height <= Width ? Resize(size, longer, interpolation) : Resize(longer, size, interpolation);
    }

    /// <summary>Returns a rectangle of the picture.</summary>
    /// <param name="top">The first row.</param>
    /// <param name="left">The first column.</param>
    /// <param name="height">Number of rows; at least 1.</param>
    /// <param name="width">Number of columns; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle is not inside the picture.</exception>
    public Picture Crop(int top, int left, int height, int width)
    {
        ThrowIfOutside(top, height, Height, nameof(top), nameof(height));
        ThrowIfOutside(left, width, Width, nameof(left), nameof(width));
        return new(Raster.Part(left, top, width, height));
    }

    /// <summary>Returns the center of the picture, as torchvision's CenterCrop does.</summary>
    /// <param name="height">Number of rows; 1 to <see cref="Height"/>.</param>
    /// <param name="width">Number of columns; 1 to <see cref="Width"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The picture is smaller than the rectangle.</exception>
    public Picture CenterCrop(int height, int width) =>
        Crop(Middle(Height - height), Middle(Width - width), height, width);

    // An odd remainder is halved and rounded to even.
    private static int Middle(int rest) => Math.Max(0, (int)Math.Round(rest / 2.0, MidpointRounding.ToEven));

    private static void ThrowIfOutside(int first, int size, int available, string firstArgument, string sizeArgument)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first, firstArgument);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, sizeArgument);
        if (size > available - first)
        {
            throw new ArgumentOutOfRangeException(
                sizeArgument, size,
                $"The {sizeArgument} must be at most {available - first} where {firstArgument} is {first}.");
        }
    }
}
