using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

public sealed partial class Picture
{
    private const float DefaultMaskOpacity = 0.8f;

    /// <summary>Draws boxes with their labels on a copy of the picture.</summary>
    /// <param name="boxes">The boxes, drawn in this order. Parts beyond the picture are cut off.</param>
    /// <returns>The copy, with colors where this picture is gray.</returns>
    /// <exception cref="ArgumentException">A box ends before it begins, or is not finite.</exception>
    public Picture WithBoxes(ReadOnlySpan<BoundingBox> boxes)
    {
        BoxDrawing.ThrowIfInvalid(boxes);
        return new(BoxDrawing.Draw(Raster.Copy(), boxes));
    }

    /// <summary>Colors the pixels that a mask says on a copy of the picture.</summary>
    /// <param name="mask">Which pixels: shape [<see cref="Height"/>, <see cref="Width"/>].</param>
    /// <param name="color">The color; vermilion by default.</param>
    /// <param name="opacity">How much of it: 0 (none) to 1 (it alone), 0.8 by default.</param>
    /// <returns>The copy, with colors where this picture is gray.</returns>
    /// <exception cref="ArgumentException">The mask is of another size, or the opacity out of its range.</exception>
    public Picture WithMask(ReadOnlySpan<bool> mask, Color? color = null, float opacity = DefaultMaskOpacity)
    {
        if (mask.Length != Height * Width)
            throw new ArgumentException($"{Height} × {Width} pixels have a mask of {mask.Length}.", nameof(mask));
        return WithMasks(mask, [color ?? Color.Distinct(0)], opacity);
    }

    /// <summary>Colors the pixels that masks say on a copy of the picture, as torchvision does.</summary>
    /// <param name="masks">
    /// Which pixels, mask after mask: shape [masks, <see cref="Height"/>, <see cref="Width"/>]. Where masks overlap,
    /// the last is seen.
    /// </param>
    /// <param name="colors">Their colors, as many as masks; by default colors that are easy to tell apart.</param>
    /// <param name="opacity">How much of them: 0 (none) to 1 (they alone), 0.8 by default.</param>
    /// <returns>The copy, with colors where this picture is gray.</returns>
    /// <exception cref="ArgumentException">
    /// The masks are of another size, colors are not as many as they, or the opacity is out of its range.
    /// </exception>
    public Picture WithMasks(
        ReadOnlySpan<bool> masks, IReadOnlyList<Color>? colors = null, float opacity = DefaultMaskOpacity)
    {
        int pixels = Height * Width;
        int count = masks.Length / pixels;
        if (masks.Length != (long)count * pixels)
        {
            throw new ArgumentException(
                $"{masks.Length} numbers are no masks of {Height} × {Width} pixels.", nameof(masks));
        }

        if (colors is not null && colors.Count != count)
            throw new ArgumentException($"{count} masks have {colors.Count} colors.", nameof(colors));
        Opacity.ThrowIfNone(opacity, nameof(opacity));

        Raster canvas = Raster.Copy().InColor();
        for (int i = 0; i < pixels; i++)
        {
            int n = count - 1;
            while (n >= 0 && !masks[(n * pixels) + i])
                n--;
            if (n >= 0)
                Opacity.Mix(canvas.Pixels.AsSpan(i * canvas.Channels), colors?[n] ?? Color.Distinct(n), opacity);
        }

        return new(canvas);
    }

    /// <summary>
    /// Draws a map of what matters, such as a class activation map, over the picture: the mean of colors and picture
    /// by weight, divided by its greatest channel, as pytorch-grad-cam's <c>show_cam_on_image</c> does.
    /// </summary>
    /// <param name="heat">
    /// The map, 0 to 1. What lies outside is cut off; NaN is 0.
    /// </param>
    /// <param name="heatShape">
    /// Its height and width, such as <c>[7, 7]</c>, or <c>[1, 7, 7]</c>. Of another size than the picture, it is resized by
    /// <see cref="Interpolation.Bilinear"/>.
    /// </param>
    /// <param name="map">The colors; <see cref="ColorMap.Jet"/> by default.</param>
    /// <param name="pictureWeight">The weight of the picture, 0 to 1; the map has the rest. 0.5 by default.</param>
    /// <returns>A picture in red, green and blue, of this one's size.</returns>
    /// <exception cref="ArgumentException">
    /// The shape does not fit the map, the colors are for signed values, or the weight is out of its range.
    /// </exception>
    public Picture WithHeat(
        ReadOnlySpan<float> heat, ReadOnlySpan<int> heatShape, ColorMap? map = null,
        float pictureWeight = HeatOverlay.DefaultPictureWeight) =>
        HeatOverlay.Draw(
            ToFloats(ImageLayout.Hwc), ImageLayout.Hwc, [Height, Width, Channels], heat, heatShape, map, pictureWeight);
}
