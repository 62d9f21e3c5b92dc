using TorchBoard.Imaging;

namespace TorchBoard;

public sealed partial class Picture
{
    private const float DefaultMaskOpacity = 0.8f;

    /// <summary>Draws boxes with their labels on a copy of the picture.</summary>
    /// <param name="boxes">The boxes, drawn in this order. Parts beyond the picture are cut off.</param>
    /// <returns>The copy, with colours where this picture is grey.</returns>
    /// <exception cref="ArgumentException">A box ends before it begins, or is not finite.</exception>
    public Picture WithBoxes(ReadOnlySpan<BoundingBox> boxes)
    {
        BoxDrawing.ThrowIfInvalid(boxes);
        return new(BoxDrawing.Draw(Raster.Copy(), boxes));
    }

    /// <summary>Colours the pixels that a mask says on a copy of the picture.</summary>
    /// <param name="mask">Which pixels: shape [<see cref="Height"/>, <see cref="Width"/>].</param>
    /// <param name="colour">The colour; vermilion by default.</param>
    /// <param name="opacity">How much of it: 0 (none) to 1 (it alone), 0.8 by default.</param>
    /// <returns>The copy, with colours where this picture is grey.</returns>
    /// <exception cref="ArgumentException">The mask is of another size, or the opacity out of its range.</exception>
    public Picture WithMask(ReadOnlySpan<bool> mask, Colour? colour = null, float opacity = DefaultMaskOpacity)
    {
        if (mask.Length != Height * Width)
            throw new ArgumentException($"{Height} × {Width} pixels have a mask of {mask.Length}.", nameof(mask));
        return WithMasks(mask, [colour ?? Colour.Distinct(0)], opacity);
    }

    /// <summary>Colours the pixels that masks say on a copy of the picture, as torchvision does.</summary>
    /// <param name="masks">
    /// Which pixels, mask after mask: shape [masks, <see cref="Height"/>, <see cref="Width"/>]. Where masks overlap,
    /// the last is seen.
    /// </param>
    /// <param name="colours">Their colours, as many as masks; by default colours that are easy to tell apart.</param>
    /// <param name="opacity">How much of them: 0 (none) to 1 (they alone), 0.8 by default.</param>
    /// <returns>The copy, with colours where this picture is grey.</returns>
    /// <exception cref="ArgumentException">
    /// The masks are of another size, colours are not as many as they, or the opacity is out of its range.
    /// </exception>
    public Picture WithMasks(
        ReadOnlySpan<bool> masks, IReadOnlyList<Colour>? colours = null, float opacity = DefaultMaskOpacity)
    {
        int pixels = Height * Width;
        int count = masks.Length / pixels;
        if (masks.Length != (long)count * pixels)
        {
            throw new ArgumentException(
                $"{masks.Length} numbers are no masks of {Height} × {Width} pixels.", nameof(masks));
        }

        if (colours is not null && colours.Count != count)
            throw new ArgumentException($"{count} masks have {colours.Count} colours.", nameof(colours));
        Opacity.ThrowIfNone(opacity, nameof(opacity));

        Raster canvas = Raster.Copy().InColour();
        for (int i = 0; i < pixels; i++)
        {
            int n = count - 1;
            while (n >= 0 && !masks[(n * pixels) + i])
                n--;
            if (n >= 0)
                Opacity.Mix(canvas.Pixels.AsSpan(i * canvas.Channels), colours?[n] ?? Colour.Distinct(n), opacity);
        }

        return new(canvas);
    }

    /// <summary>
    /// Draws a map of what matters, such as a class activation map, over the picture: the mean of colours and picture
    /// by weight, divided by its greatest channel, as pytorch-grad-cam's <c>show_cam_on_image</c> does.
    /// </summary>
    /// <param name="heat">
    /// The map, 0 to 1. What lies outside is cut off; NaN is 0.
    /// </param>
    /// <param name="heatShape">
    /// Its height and width, such as <c>[7, 7]</c>, or <c>[1, 7, 7]</c>. Of another size than the picture, it is resized by
    /// <see cref="Interpolation.Bilinear"/>.
    /// </param>
    /// <param name="map">The colours; <see cref="ColourMap.Jet"/> by default.</param>
    /// <param name="pictureWeight">The weight of the picture, 0 to 1; the map has the rest. 0.5 by default.</param>
    /// <returns>A picture in red, green and blue, of this one's size.</returns>
    /// <exception cref="ArgumentException">
    /// The shape does not fit the map, the colours are for signed values, or the weight is out of its range.
    /// </exception>
    public Picture WithHeat(
        ReadOnlySpan<float> heat, ReadOnlySpan<int> heatShape, ColourMap? map = null,
        float pictureWeight = HeatOverlay.DefaultPictureWeight) =>
        HeatOverlay.Draw(
            ToFloats(ImageLayout.Hwc), ImageLayout.Hwc, [Height, Width, Channels], heat, heatShape, map, pictureWeight);
}
