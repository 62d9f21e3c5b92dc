namespace TorchBoard.Imaging;

/// <summary>Resizes planes of numbers: heat maps, masks, channels of pictures.</summary>
public static class Resampling
{
    /// <summary>Resizes each plane independently.</summary>
    /// <param name="values">The values; NaN and infinities spread to the values mixed with them.</param>
    /// <param name="shape">Their shape, which ends in height and width: [H, W], [C, H, W], [N, C, H, W].</param>
    /// <param name="height">Number of rows of the result; at least 1.</param>
    /// <param name="width">Number of columns of the result; at least 1.</param>
    /// <param name="interpolation">The interpolation; bilinear with half-pixel centers by default.</param>
    /// <returns>A new array of the same shape except for height and width.</returns>
    /// <exception cref="ArgumentException">
    /// The shape does not match the number of values, or a size is out of range.
    /// </exception>
    public static float[] Resize(
        ReadOnlySpan<float> values, ReadOnlySpan<int> shape, int height, int width,
        Interpolation interpolation = Interpolation.Bilinear)
    {
        PlaneShape planes = PlaneShape.Of(shape, values.Length, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (!Enum.IsDefined(interpolation))
        {
            throw new ArgumentOutOfRangeException(
                nameof(interpolation), interpolation, "The value is not a defined interpolation.");
        }

        var rows = Taps.Of(planes.Height, height, interpolation);
        var columns = Taps.Of(planes.Width, width, interpolation);
        float[] resized = new float[checked(planes.Count * height * width)];
        float[] narrowed = new float[planes.Height * width];
        for (int p = 0; p < planes.Count; p++)
        {
            ReadOnlySpan<float> plane = values.Slice(p * planes.Length, planes.Length);
            columns.MixColumns(plane, planes.Height, narrowed);
            rows.MixRows(narrowed, width, resized.AsSpan(p * height * width, height * width));
        }

        return resized;
    }
}
