namespace TorchBoard.Imaging;

/// <summary>Turns arrays of any layout into rasters.</summary>
internal static class PixelConversion
{
    /// <summary>The pictures of an array of bytes.</summary>
    public static Raster[] ToRasters(ReadOnlySpan<byte> pixels, PixelShape shape)
    {
        var rasters = new Raster[shape.Count];
        for (int n = 0; n < rasters.Length; n++)
        {
            var raster = new Raster(shape.Width, shape.Height, shape.Channels);
            ReadOnlySpan<byte> picture = pixels.Slice(n * shape.PictureLength, shape.PictureLength);
            if (!shape.ChannelsFirst || shape.Channels == 1)
                picture.CopyTo(raster.Pixels);
            else
                Interleave(picture, raster);
            rasters[n] = raster;
        }

        return rasters;
    }

    /// <summary>
    /// The pictures of an array of floats from 0 to 1. Values outside are cut off, NaN is black, and halves round up,
    /// so that a byte divided by 255 comes back as it was.
    /// </summary>
    public static Raster[] ToRasters(ReadOnlySpan<float> pixels, PixelShape shape)
    {
        byte[] bytes = new byte[pixels.Length];
        ToBytes(pixels, bytes);
        return ToRasters(bytes, shape);
    }

    public static void ToBytes(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        for (int i = 0; i < values.Length; i++)
        {
            // Comparisons with NaN are false, so it becomes 0.
            float scaled = values[i] * 255f;
            bytes[i] = scaled >= 254.5f ? byte.MaxValue : scaled >= 0.5f ? (byte)(scaled + 0.5f) : byte.MinValue;
        }
    }

    private static void Interleave(ReadOnlySpan<byte> planes, Raster raster)
    {
        int plane = raster.Width * raster.Height;
        for (int c = 0; c < raster.Channels; c++)
        {
            ReadOnlySpan<byte> source = planes.Slice(c * plane, plane);
            for (int i = 0, to = c; i < source.Length; i++, to += raster.Channels)
                raster.Pixels[to] = source[i];
        }
    }
}
