using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

public sealed partial class Picture
{
    private const float DefaultMaskOpacity = 0.8f;

    /// <summary>Draws labeled boxes on a copy of the picture.</summary>
    /// <remarks>
    /// Lines are one pixel thick, and thicker on pictures of 512 pixels and more, as torchvision's <c>width</c> sets; they
    /// lie inside the box. Labels are above their boxes, on their color.
    /// </remarks>
    /// <param name="boxes">The boxes, drawn in this order. Parts outside the picture are clipped.</param>
    /// <returns>The copy; a gray picture becomes a color picture.</returns>
    /// <exception cref="ArgumentException">A box ends before it starts, or is not finite.</exception>
    public Picture WithBoxes(ReadOnlySpan<BoundingBox> boxes)
    {
        BoxDrawing.ThrowIfInvalid(boxes);
        return new(BoxDrawing.Draw(Raster.Copy(), boxes));
    }

    /// <summary>Colors the pixels of a mask on a copy of the picture.</summary>
    /// <param name="mask">True for the pixels to color: shape [<see cref="Height"/>, <see cref="Width"/>].</param>
    /// <param name="color">The color; vermilion by default.</param>
    /// <param name="opacity">The opacity of the color: 0 (invisible) to 1 (opaque), 0.8 by default.</param>
    /// <returns>The copy; a gray picture becomes a color picture.</returns>
    /// <exception cref="ArgumentException">
    /// The mask's size differs from the picture's, or the opacity is out of range.
    /// </exception>
    public Picture WithMask(ReadOnlySpan<bool> mask, Color? color = null, float opacity = DefaultMaskOpacity)
    {
        if (mask.Length != Height * Width)
        {
            throw new ArgumentException(
                $"The mask must have {Height} × {Width} values, like the picture; was {mask.Length}.", nameof(mask));
        }

        return WithMasks(mask, [color ?? Color.Distinct(0)], opacity);
    }

    /// <summary>Colors the pixels of masks on a copy of the picture, as torchvision does.</summary>
    /// <remarks>
    /// Masks are boolean, as torchvision's: scores or logits are compared with a threshold first, and a map of class
    /// numbers with each class. torchvision discards the fractions of mixed colors, which are rounded here.
    /// </remarks>
    /// <param name="masks">
    /// True for the pixels to color: shape [masks, <see cref="Height"/>, <see cref="Width"/>]. Where masks overlap, the
    /// last one is visible.
    /// </param>
    /// <param name="colors">The masks' colors, one per mask; by default colors that are easy to distinguish.</param>
    /// <param name="opacity">The opacity of the colors: 0 (invisible) to 1 (opaque), 0.8 by default.</param>
    /// <returns>The copy; a gray picture becomes a color picture.</returns>
    /// <exception cref="ArgumentException">
    /// The masks' size differs from the picture's, the numbers of colors and masks differ, or the opacity is out of
    /// range.
    /// </exception>
    public Picture WithMasks(
        ReadOnlySpan<bool> masks, IReadOnlyList<Color>? colors = null, float opacity = DefaultMaskOpacity)
    {
        int pixels = Height * Width;
        int count = masks.Length / pixels;
        if (masks.Length != (long)count * pixels)
        {
            throw new ArgumentException(
                $"The number of values must be a multiple of {Height} × {Width}, like the picture; was {masks.Length}.",
                nameof(masks));
        }

        if (colors is not null && colors.Count != count)
        {
            throw new ArgumentException(
                $"There must be as many colors as masks, {count}; was {colors.Count}.", nameof(colors));
        }

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
    /// Draws a heat map, such as a class activation map, over the picture: the weighted mean of colors and picture,
    /// divided by its largest channel value, as pytorch-grad-cam's <c>show_cam_on_image</c> does.
    /// </summary>
    /// <param name="heat">The map, 0 to 1. Values outside are clipped; NaN is 0.</param>
    /// <param name="heatShape">
    /// The map's height and width, such as <c>[7, 7]</c> or <c>[1, 7, 7]</c>. A map of another size than the picture
    /// is resized with <see cref="Interpolation.Bilinear"/>.
    /// </param>
    /// <param name="map">The colors; <see cref="ColorMap.Jet"/> by default.</param>
    /// <param name="pictureWeight">The weight of the picture, 0 to 1; the map gets the rest. 0.5 by default.</param>
    /// <returns>An RGB picture of the same size.</returns>
    /// <exception cref="ArgumentException">
    /// The shape does not match the map, the colors are for signed values, or the weight is out of range.
    /// </exception>
    public Picture WithHeat(
        ReadOnlySpan<float> heat, ReadOnlySpan<int> heatShape, ColorMap? map = null,
        float pictureWeight = HeatOverlay.DefaultPictureWeight) =>
        HeatOverlay.Draw(
            ToFloats(ImageLayout.Hwc), ImageLayout.Hwc, [Height, Width, Channels], heat, heatShape, map, pictureWeight);
}
