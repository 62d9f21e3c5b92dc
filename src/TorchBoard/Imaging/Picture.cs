using System.Numerics;
using System.Runtime.CompilerServices;
using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

/// <summary>
/// A picture with 8 bits per channel. <see cref="ColorMap"/> and figures create it, and
/// <see cref="SummaryWriter.AddImage(string, Picture, long, DateTimeOffset?)"/> accepts it. A notebook of .NET
/// Interactive shows it. Immutable and thread-safe.
/// </summary>
[TypeFormatterSource(typeof(PictureFormatterSource))]
public sealed partial class Picture
{
    internal Picture(Raster raster) => Raster = raster;

    /// <summary>Number of rows; at least 1.</summary>
    public int Height => Raster.Height;

    /// <summary>Number of columns; at least 1.</summary>
    public int Width => Raster.Width;

    /// <summary>
    /// Number of channels: 1 (gray), 2 (gray, alpha), 3 (red, green, blue) or 4 (red, green, blue, alpha).
    /// </summary>
    public int Channels => Raster.Channels;

    /// <summary>
    /// The pixels, 0 to 255 per channel: shape [<see cref="Height"/>, <see cref="Width"/>, <see cref="Channels"/>]. The
    /// last dimension varies fastest.
    /// </summary>
    public ReadOnlySpan<byte> Pixels => Raster.Pixels;

    internal Raster Raster { get; }

    /// <summary>The color of a pixel, without alpha. A gray pixel has its gray value in all three channels.</summary>
    /// <param name="row">The row, from 0 at the top.</param>
    /// <param name="column">The column, from 0 at the left.</param>
    /// <exception cref="ArgumentOutOfRangeException">The row or column is out of range.</exception>
    public Color this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Height);
            ArgumentOutOfRangeException.ThrowIfNegative(column);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Width);
            ReadOnlySpan<byte> pixel = Raster.Row(row).Slice(column * Channels, Channels);
            return Channels < 3 ? new Color(pixel[0], pixel[0], pixel[0]) : new Color(pixel[0], pixel[1], pixel[2]);
        }
    }

    /// <summary>Creates a picture from numbers, which are copied.</summary>
    /// <typeparam name="T">Any numeric type.</typeparam>
    /// <param name="pixels">
    /// The pixels: integers are 0 to 255 per channel, other numbers 0 to 1. Values outside are clipped; NaN is black.
    /// </param>
    /// <param name="layout">The order of the dimensions: Hw, Chw or Hwc.</param>
    /// <param name="shape">Their sizes, in that order: <c>[3, 224, 224]</c> for Chw; 1 to 4 channels.</param>
    /// <exception cref="ArgumentException">Layout, shape and number of pixels do not match.</exception>
    public static Picture FromPixels<T>(ReadOnlySpan<T> pixels, ImageLayout layout, ReadOnlySpan<int> shape)
        where T : unmanaged, INumberBase<T> =>
        new(PixelConversion.ToRasters(pixels, PixelShape.OfPicture(layout, shape, pixels.Length))[0]);

    /// <summary>Returns the pixels as floats from 0 to 1, the input of networks and attribution methods.</summary>
    /// <param name="layout">The order of the dimensions: Chw or Hwc, or Hw for a gray picture.</param>
    /// <returns>A new array of <see cref="Height"/> × <see cref="Width"/> × <see cref="Channels"/> floats.</returns>
    /// <exception cref="ArgumentException">
    /// The layout is a batch layout, or it is Hw and the picture has more than one channel.
    /// </exception>
    public float[] ToFloats(ImageLayout layout)
    {
        if (layout is not (ImageLayout.Chw or ImageLayout.Hwc) && (layout != ImageLayout.Hw || Channels != 1))
        {
            throw new ArgumentException(
                $"The layout must be Chw or Hwc for a picture with {Channels} channels; was {layout}.", nameof(layout));
        }

        float[] floats = new float[Pixels.Length];
        int plane = Height * Width;
        for (int c = 0; c < Channels; c++)
        {
            (int first, int step) = layout == ImageLayout.Chw ? (c * plane, 1) : (c, Channels);
            Shares(Pixels[c..], Channels, floats.AsSpan(first), step);
        }

        return floats;
    }

    /// <summary>Encodes the picture as PNG.</summary>
    public byte[] ToPng() => PngEncoder.Encode(Raster);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Shares(ReadOnlySpan<byte> bytes, int byteStep, Span<float> shares, int shareStep)
    {
        for (int from = 0, to = 0; from < bytes.Length; from += byteStep, to += shareStep)
            shares[to] = bytes[from] / 255f;
    }
}
