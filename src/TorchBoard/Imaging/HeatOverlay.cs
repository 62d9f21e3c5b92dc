using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

/// <summary>Draws heat maps over pictures. Thread-safe.</summary>
/// <remarks>
/// Uses the formula of pytorch-grad-cam's <c>show_cam_on_image</c>: the colors of ⌊255·heat⌋ times 1 - w, plus the
/// picture times w, divided by the largest channel value of all pixels, and rounded down.
/// </remarks>
internal static class HeatOverlay
{
    internal const float DefaultPictureWeight = 0.5f;

    /// <summary>Draws a map over a picture of floats; <see cref="Picture.WithHeat"/> takes pictures of bytes.</summary>
    /// <param name="pixels">The picture, 0 to 1 per channel. Values outside are clipped; NaN is black.</param>
    /// <param name="layout">The order of its dimensions: Hw, Chw or Hwc. An alpha channel is ignored.</param>
    /// <param name="shape">Their sizes, in that order: <c>[3, 224, 224]</c> for Chw.</param>
    /// <param name="heat">The map, 0 to 1. Values outside are clipped; NaN is 0.</param>
    /// <param name="heatShape">
    /// The map's height and width, such as <c>[7, 7]</c> or <c>[1, 7, 7]</c>. A map of another size than the picture
    /// is resized with <see cref="Interpolation.Bilinear"/>.
    /// </param>
    /// <param name="map">The colors; <see cref="ColorMap.Jet"/> by default.</param>
    /// <param name="pictureWeight">w, the weight of the picture, 0 to 1; 0.5 by default.</param>
    /// <returns>An RGB picture.</returns>
    /// <exception cref="ArgumentException">
    /// A shape does not match its values, the colors are for signed values, or the weight is out of range.
    /// </exception>
    public static Picture Draw(
        ReadOnlySpan<float> pixels, ImageLayout layout, ReadOnlySpan<int> shape, ReadOnlySpan<float> heat,
        ReadOnlySpan<int> heatShape, ColorMap? map = null, float pictureWeight = DefaultPictureWeight)
    {
        PixelShape pixelShape = PixelShape.OfPicture(layout, shape, pixels.Length);
        Opacity.ThrowIfNone(pictureWeight, nameof(pictureWeight));
        map ??= ColorMap.Jet;
        if (map.IsSigned)
        {
            throw new ArgumentException(
                "The color map must not be for signed values; heat is 0 to 1.", nameof(map));
        }

        if (heatShape is [1, _, _])
            heatShape = heatShape[1..];
        if (heatShape.Length != 2)
        {
            throw new ArgumentException(
                "The shape must be [height, width] or [1, height, width]; was "
                + $"[{string.Join(", ", heatShape.ToArray())}].",
                nameof(heatShape));
        }

        PlaneShape heatPlane = PlaneShape.Of(heatShape, heat.Length, nameof(heatShape));
        ReadOnlySpan<float> resized = (heatPlane.Height, heatPlane.Width) == (pixelShape.Height, pixelShape.Width)
            ? heat
            : Resampling.Resize(heat, heatShape, pixelShape.Height, pixelShape.Width);
        return new(Mix(pixels, pixelShape, resized, map, pictureWeight));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Raster Mix(
        ReadOnlySpan<float> pixels, PixelShape shape, ReadOnlySpan<float> heat, ColorMap map, float pictureWeight)
    {
        float[] colors = Weighted(map, 1 - pictureWeight);
        float[] rented = ArrayPool<float>.Shared.Rent(heat.Length * 3);
        Span<float> mixed = rented.AsSpan(0, heat.Length * 3);
        (int pixelStep, int channelStep) = shape.ChannelsFirst ? (1, heat.Length) : (shape.Channels, 1);
        int colorStep = shape.Channels >= 3 ? channelStep : 0;
        for (int i = 0, at = 0, to = 0; i < heat.Length; i++, at += pixelStep, to += 3)
        {
            int color = 3 * (int)(byte.MaxValue * Share(heat[i]));
            mixed[to] = colors[color] + (Share(pixels[at]) * pictureWeight);
            mixed[to + 1] = colors[color + 1] + (Share(pixels[at + colorStep]) * pictureWeight);
            mixed[to + 2] = colors[color + 2] + (Share(pixels[at + (2 * colorStep)]) * pictureWeight);
        }

        float greatest = TensorPrimitives.Max<float>(mixed);
        if (greatest > 0)
            TensorPrimitives.Divide(mixed, greatest, mixed);
        byte[] bytes = new byte[mixed.Length];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(byte.MaxValue * mixed[i]);
        ArrayPool<float>.Shared.Return(rented);
        return new(shape.Width, shape.Height, 3, bytes);
    }

    private static float[] Weighted(ColorMap map, float weight)
    {
        float[] colors = new float[3 * map.Count];
        for (int level = 0; level < map.Count; level++)
        {
            Color color = map[level];
            colors[3 * level] = weight * (color.Red / 255f);
            colors[(3 * level) + 1] = weight * (color.Green / 255f);
            colors[(3 * level) + 2] = weight * (color.Blue / 255f);
        }

        return colors;
    }

    // Comparisons with NaN are false, so it becomes 0.
    private static float Share(float value) => value >= 1 ? 1 : value > 0 ? value : 0;
}
