using System.Numerics;
using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

/// <summary>Converts numbers to the pictures of a grid, scaled and colored according to its options.</summary>
internal static class GridCells
{
    // The divisor of make_grid for a constant picture.
    private const float SmallestRange = 1e-5f;

    public static Raster[] Of<T>(ReadOnlySpan<T> pixels, PixelShape shape, ImageGridOptions options)
        where T : unmanaged, INumberBase<T> =>
        options is { Scales: false, ColorMap: null }
            ? PixelConversion.ToRasters(pixels, shape)
            : OfShares(PixelConversion.ToShares(pixels), shape, options);

    /// <summary>Returns the pixels themselves, or clips them to their range and scales it to 0 to 1.</summary>
    public static ReadOnlySpan<float> Scaled(ReadOnlySpan<float> pixels, PixelShape shape, ImageGridOptions options)
    {
        if (!options.Scales)
            return pixels;

        float[] scaled = new float[pixels.Length];
        for (int start = 0; start < scaled.Length; start += shape.PictureLength)
        {
            ReadOnlySpan<float> picture = pixels.Slice(start, shape.PictureLength);
            (float low, float high) = RangeOf(pixels, picture, options);
            float range = MathF.Max(high - low, SmallestRange);
            for (int i = 0; i < picture.Length; i++)
                scaled[start + i] = (Math.Clamp(picture[i], low, high) - low) / range;
        }

        return scaled;
    }

    private static Raster[] OfShares(ReadOnlySpan<float> pixels, PixelShape shape, ImageGridOptions options)
    {
        if (options.ColorMap is not { } map)
            return PixelConversion.ToRasters(Scaled(pixels, shape, options), shape);
        if (shape.Channels != 1)
        {
            throw new ArgumentException(
                $"A color map requires pictures with one channel; these have {shape.Channels}.", nameof(options));
        }

        var cells = new Raster[shape.Count];
        for (int n = 0; n < cells.Length; n++)
        {
            ReadOnlySpan<float> plane = pixels.Slice(n * shape.PictureLength, shape.PictureLength);
            (float low, float high) = options.Scales ? RangeOf(pixels, plane, options) : (map.Lowest, map.Highest);
            if (options.Scales && map.IsSigned)
                (low, high) = (-MathF.Max(-low, high), MathF.Max(-low, high));
            cells[n] = map.Paint(plane, shape.Height, shape.Width, low, Math.Max(high, low + (double)SmallestRange));
        }

        return cells;
    }

    private static (float Low, float High) RangeOf(
        ReadOnlySpan<float> all, ReadOnlySpan<float> picture, ImageGridOptions options)
    {
        return options switch
        {
            { Range: { } given } => given,
            { NormalizeEach: true } => PlaneShape.FiniteRange(picture),
            _ => PlaneShape.FiniteRange(all),
        };
    }
}
