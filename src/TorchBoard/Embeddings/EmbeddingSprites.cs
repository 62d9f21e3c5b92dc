using System.Numerics;
using TorchBoard.Drawing;
using TorchBoard.Imaging;

namespace TorchBoard.Embeddings;

/// <summary>
/// Small pictures of equal size, one for each vector of an embedding. They are arranged in one square sheet, the only
/// form in which the projector finds the right picture, of at most 8192 pixels per side.
/// </summary>
public sealed class EmbeddingSprites
{
    /// <summary>The maximum side of a sheet that the projector accepts.</summary>
    private const int MaxSheetSide = 8192;

    private readonly Raster[] _pictures;

    private EmbeddingSprites(Raster[] pictures) => _pictures = pictures;

    /// <summary>The number of pictures.</summary>
    public int Count => _pictures.Length;

    /// <summary>The width of each picture in pixels.</summary>
    public int Width => _pictures[0].Width;

    /// <summary>The height of each picture in pixels.</summary>
    public int Height => _pictures[0].Height;

    internal long Size => (long)_pictures[0].Pixels.Length * Count;

    /// <summary>Creates pictures from numbers, which are copied.</summary>
    /// <typeparam name="T">Any numeric type.</typeparam>
    /// <param name="pixels">
    /// The pixels: integers are 0 to 255 per channel, other numbers 0 to 1. Values outside are clipped; NaN is black.
    /// </param>
    /// <param name="layout">The order of the dimensions: Nhw, Nchw or Nhwc.</param>
    /// <param name="shape">Their sizes, in that order: <c>[100, 3, 32, 32]</c> for Nchw.</param>
    /// <returns>The pictures.</returns>
    /// <exception cref="ArgumentException">
    /// Layout, shape and number of pixels do not match, or the pictures are too large or too many for a sheet.
    /// </exception>
    public static EmbeddingSprites Of<T>(ReadOnlySpan<T> pixels, ImageLayout layout, ReadOnlySpan<int> shape)
        where T : unmanaged, INumberBase<T> =>
        new(PixelConversion.ToRasters(pixels, FittingShape(layout, shape, pixels.Length)));

    /// <summary>Returns all pictures row by row; unused cells are black.</summary>
    internal Raster Sheet()
    {
        int side = SideOf(Count);
        Raster first = _pictures[0];
        var sheet = new Raster(side * Width, side * Height, first.Channels);
        for (int n = 0; n < Count; n++)
        {
            int left = n % side * first.Stride;
            int top = n / side * Height;
            for (int y = 0; y < Height; y++)
                _pictures[n].Row(y).CopyTo(sheet.Row(top + y)[left..]);
        }

        return sheet;
    }

    private static PixelShape FittingShape(ImageLayout layout, ReadOnlySpan<int> shape, int length)
    {
        PixelShape pixels = PixelShape.OfBatch(layout, shape, length);
        int longer = Math.Max(pixels.Width, pixels.Height);
        if ((long)SideOf(pixels.Count) * longer > MaxSheetSide)
        {
            int perSide = MaxSheetSide / longer;
            throw new ArgumentException(
                $"There must be at most {(long)perSide * perSide} pictures of {pixels.Width}×{pixels.Height}, so that "
                + $"the sheet has at most {MaxSheetSide} pixels per side, the projector's limit; was {pixels.Count}. "
                + "Scale them down or embed fewer.",
                nameof(shape));
        }

        return pixels;
    }

    private static int SideOf(int count) => (int)Math.Ceiling(Math.Sqrt(count));
}
