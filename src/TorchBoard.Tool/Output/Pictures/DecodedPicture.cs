namespace TorchBoard.Tool.Output.Pictures;

/// <summary>Pixels: red, green, blue and opacity, row by row.</summary>
internal sealed record DecodedPicture(int Width, int Height, byte[] Rgba)
{
    private const byte Background = 255;

    /// <summary>Returns the picture, made smaller to fit if necessary: each pixel is the mean of those that it covers.</summary>
    public DecodedPicture Fitting(int width, int height)
    {
        double scale = Math.Min(1, Math.Min((double)width / Width, (double)height / Height));
        (int columns, int rows) = (Math.Max(1, (int)(Width * scale)), Math.Max(1, (int)(Height * scale)));
        return columns == Width && rows == Height ? this : Scaled(columns, rows);
    }

    /// <summary>Returns the picture with each pixel as a square of many, so that a small one can be seen.</summary>
    public DecodedPicture Enlarged(int times) => times == 1 ? this : Scaled(Width * times, Height * times);

    /// <summary>The color of a pixel in front of white.</summary>
    public (byte R, byte G, byte B) ColorAt(int x, int y)
    {
        ReadOnlySpan<byte> pixel = Rgba.AsSpan(((y * Width) + x) * 4, 4);
        int opacity = pixel[3];
        return (Over(pixel[0]), Over(pixel[1]), Over(pixel[2]));

        byte Over(byte value) => (byte)(((value * opacity) + (Background * (255 - opacity)) + 127) / 255);
    }

    private DecodedPicture Scaled(int width, int height)
    {
        byte[] scaled = new byte[width * height * 4];
        for (int y = 0; y < height; y++)
        {
            int top = (int)((long)y * Height / height);
            int bottom = Math.Max(top + 1, (int)((long)(y + 1) * Height / height));
            for (int x = 0; x < width; x++)
            {
                int left = (int)((long)x * Width / width);
                int right = Math.Max(left + 1, (int)((long)(x + 1) * Width / width));
                Mean(left, top, right, bottom, scaled.AsSpan(((y * width) + x) * 4, 4));
            }
        }

        return new DecodedPicture(width, height, scaled);
    }

    // Transparent pixels have no color to add.
    private void Mean(int left, int top, int right, int bottom, Span<byte> mean)
    {
        (long red, long green, long blue, long opacity) = (0, 0, 0, 0);
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                ReadOnlySpan<byte> pixel = Rgba.AsSpan(((y * Width) + x) * 4, 4);
                red += pixel[0] * pixel[3];
                green += pixel[1] * pixel[3];
                blue += pixel[2] * pixel[3];
                opacity += pixel[3];
            }
        }

        long weight = Math.Max(1, opacity);
        mean[0] = (byte)((red + (weight / 2)) / weight);
        mean[1] = (byte)((green + (weight / 2)) / weight);
        mean[2] = (byte)((blue + (weight / 2)) / weight);
        long count = (long)(right - left) * (bottom - top);
        mean[3] = (byte)((opacity + (count / 2)) / count);
    }
}
