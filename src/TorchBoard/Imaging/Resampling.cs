namespace TorchBoard.Imaging;

/// <summary>Makes planes of numbers larger or smaller: heat maps, masks, channels of pictures.</summary>
public static class Resampling
{
    /// <summary>Resizes planes, each by itself.</summary>
    /// <param name="values">The values; NaN and infinities spread to what is mixed with them.</param>
    /// <param name="shape">Their shape, which ends in height and width: [H, W], [C, H, W], [N, C, H, W].</param>
    /// <param name="height">Rows of the result; at least 1.</param>
    /// <param name="width">Columns of the result; at least 1.</param>
    /// <param name="interpolation">How; bilinear with half-pixel centers by default.</param>
    /// <returns>A new array of the same shape but for height and width.</returns>
    /// <exception cref="ArgumentException">
    /// Shape and number of values do not fit together, or a size is out of its range.
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
                nameof(interpolation), interpolation, "There is no such interpolation.");
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
