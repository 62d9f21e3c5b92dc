namespace TorchBoard.Drawing;

/// <summary>A picture with 8-bit interleaved channels, row by row.</summary>
internal sealed class Raster(int width, int height, int channels, byte[] pixels)
{
    public Raster(int width, int height, int channels)
        : this(width, height, channels, new byte[checked(width * height * channels)])
    {
    }

    public int Width => width;

    public int Height => height;

    /// <summary>1 gray, 2 gray and alpha, 3 RGB, 4 RGBA.</summary>
    public int Channels => channels;

    public byte[] Pixels => pixels;

    public int Stride => width * channels;

    public Span<byte> Row(int y) => pixels.AsSpan(y * Stride, Stride);

    /// <summary>Returns a copy of a rectangle of the picture.</summary>
    public Raster Part(int left, int top, int partWidth, int partHeight)
    {
        var part = new Raster(partWidth, partHeight, channels);
        for (int y = 0; y < partHeight; y++)
            Row(top + y).Slice(left * channels, part.Stride).CopyTo(part.Row(y));
        return part;
    }

    public Raster Copy() => new(width, height, channels, [.. pixels]);

    /// <summary>
    /// Returns the picture with each pixel repeated <paramref name="factor"/> times in both directions; itself if 1.
    /// </summary>
    public Raster Enlarged(int factor)
    {
        if (factor == 1)
            return this;

        var enlarged = new Raster(width * factor, height * factor, channels);
        for (int y = 0; y < enlarged.Height; y++)
        {
            if (y % factor != 0)
            {
                enlarged.Row(y - 1).CopyTo(enlarged.Row(y));
                continue;
            }

            Span<byte> row = enlarged.Row(y);
            for (int x = 0; x < enlarged.Width; x++)
                Row(y / factor).Slice(x / factor * channels, channels).CopyTo(row[(x * channels)..]);
        }

        return enlarged;
    }

    /// <summary>Returns the picture with three or four channels, so that colors can be drawn on it.</summary>
    public Raster InColor()
    {
        if (channels >= 3)
            return this;

        var colored = new Raster(width, height, channels + 2);
        for (int from = 0, to = 0; from < pixels.Length; from += channels, to += colored.Channels)
        {
            colored.Pixels.AsSpan(to, 3).Fill(pixels[from]);
            if (channels == 2)
                colored.Pixels[to + 3] = pixels[from + 1];
        }

        return colored;
    }

    /// <summary>Sets a pixel; does nothing outside the picture.</summary>
    public void Set(int x, int y, Color color)
    {
        if ((uint)x >= (uint)width || (uint)y >= (uint)height)
            return;
        Span<byte> pixel = pixels.AsSpan((y * Stride) + (x * channels), channels);
        pixel[0] = color.Red;
        pixel[1] = color.Green;
        pixel[2] = color.Blue;
        if (channels == 4)
            pixel[3] = byte.MaxValue;
    }

    /// <summary>Fills a rectangle, clipped to the picture. The right and bottom edges are inclusive.</summary>
    public void Fill(int left, int top, int right, int bottom, Color color)
    {
        for (int y = Math.Max(top, 0); y <= Math.Min(bottom, height - 1); y++)
        {
            for (int x = Math.Max(left, 0); x <= Math.Min(right, width - 1); x++)
                Set(x, y, color);
        }
    }
}
