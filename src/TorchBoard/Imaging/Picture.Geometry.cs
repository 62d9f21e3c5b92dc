using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

public sealed partial class Picture
{
    /// <summary>Makes the picture larger or smaller.</summary>
    /// <param name="height">Rows of the result; at least 1.</param>
    /// <param name="width">Columns of the result; at least 1.</param>
    /// <param name="interpolation">How; bilinear with antialiasing by default, as torchvision resizes pictures.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public Picture Resize(int height, int width, Interpolation interpolation = Interpolation.BilinearAntialiased)
    {
        float[] resized = Resampling.Resize(
            ToFloats(ImageLayout.Chw), [Channels, Height, Width], height, width, interpolation);
        return FromPixels(resized, ImageLayout.Chw, [Channels, height, width]);
    }

    /// <summary>
    /// Resizes the picture so that its shorter side has that size; the longer one keeps its proportion.
    /// </summary>
    /// <param name="size">
    /// Pixels of the shorter side; at least 1, 256 by default. The longer side is rounded down.
    /// </param>
    /// <param name="interpolation">How; bilinear with antialiasing by default, as torchvision resizes pictures.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public Picture ResizeShorterSide(
        int size = ChannelNormalization.UsualShorterSide,
        Interpolation interpolation = Interpolation.BilinearAntialiased)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        int longer = checked((int)((long)size * Math.Max(Height, Width) / Math.Min(Height, Width)));
        return Height <= Width ? Resize(size, longer, interpolation) : Resize(longer, size, interpolation);
    }

    /// <summary>Cuts a rectangle out.</summary>
    /// <param name="top">Its first row.</param>
    /// <param name="left">Its first column.</param>
    /// <param name="height">Its rows; at least 1.</param>
    /// <param name="width">Its columns; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle does not lie in the picture.</exception>
    public Picture Crop(int top, int left, int height, int width)
    {
        ThrowIfOutside(top, height, Height, nameof(top), nameof(height));
        ThrowIfOutside(left, width, Width, nameof(left), nameof(width));
        return new(Raster.Part(left, top, width, height));
    }

    /// <summary>Cuts a rectangle out of the middle, as torchvision's CenterCrop does.</summary>
    /// <param name="height">Its rows; 1 to <see cref="Height"/>.</param>
    /// <param name="width">Its columns; 1 to <see cref="Width"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The picture is smaller than that.</exception>
    public Picture CenterCrop(int height, int width) =>
        Crop(Middle(Height - height), Middle(Width - width), height, width);

    // Where one pixel is left over, half of it is rounded to an even number.
    private static int Middle(int rest) => Math.Max(0, (int)Math.Round(rest / 2.0, MidpointRounding.ToEven));

    private static void ThrowIfOutside(int first, int size, int available, string firstArgument, string sizeArgument)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first, firstArgument);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, sizeArgument);
        if (size > available - first)
        {
            throw new ArgumentOutOfRangeException(
                sizeArgument, size, $"The picture has {available - first} of them from {first} on.");
        }
    }
}
