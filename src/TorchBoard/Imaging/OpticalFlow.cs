using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

/// <summary>Draws optical flow: the direction as a hue, the length as its strength. Thread-safe.</summary>
/// <remarks>
/// The colors are those of Baker et al., <i>A Database and Evaluation Methodology for Optical Flow</i> (2011), the
/// Middlebury benchmark, as torchvision's <c>flow_to_image</c> uses them: right is red, down yellow, left cyan and up
/// violet; what does not move is white.
/// </remarks>
public static class OpticalFlow
{
    private static readonly Color[] Wheel = MakeWheel();

    /// <summary>Draws a field of flow.</summary>
    /// <param name="flow">
    /// How far each pixel moves: shape [2, height, width], to the right first, then down, in pixels. Where either is
    /// not finite, flow is not known and drawn black.
    /// </param>
    /// <param name="height">Rows; at least 1.</param>
    /// <param name="width">Columns; at least 1.</param>
    /// <param name="longest">
    /// The length that is drawn in full strength, in pixels, greater than 0; longer flow is drawn so too. By default
    /// the greatest there is.
    /// </param>
    /// <returns>A picture in red, green and blue.</returns>
    /// <exception cref="ArgumentException">
    /// Sizes and number of values do not fit together, or the length is not greater than 0.
    /// </exception>
    public static Picture Draw(ReadOnlySpan<float> flow, int height, int width, float? longest = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (flow.Length != 2L * height * width)
        {
            throw new ArgumentException(
                $"Flow of {height} × {width} pixels is 2 × {height} × {width} numbers; {flow.Length} given.",
                nameof(flow));
        }

        if (longest is not (null or > 0 and < float.PositiveInfinity))
        {
            throw new ArgumentOutOfRangeException(
                nameof(longest), longest, "A finite length greater than 0 is wanted.");
        }

        ReadOnlySpan<float> right = flow[..(height * width)];
        ReadOnlySpan<float> down = flow[(height * width)..];
        double unit = (longest ?? Longest(right, down)) + MathF.BitIncrement(1) - 1;
        var raster = new Raster(width, height, 3);
        for (int i = 0; i < right.Length; i++)
        {
            if (!float.IsFinite(right[i]) || !float.IsFinite(down[i]))
                continue;
            Color color = Of(right[i] / unit, down[i] / unit);
            (raster.Pixels[3 * i], raster.Pixels[(3 * i) + 1], raster.Pixels[(3 * i) + 2]) =
                (color.Red, color.Green, color.Blue);
        }

        return new(raster);
    }

    private static Color Of(double right, double down)
    {
        double strength = Math.Min(1, Math.Sqrt((right * right) + (down * down)));
        double place = ((Math.Atan2(-down, -right) / Math.PI) + 1) / 2 * (Wheel.Length - 1);
        int first = (int)place;
        (Color from, Color to) = (Wheel[first], Wheel[(first + 1) % Wheel.Length]);
        double share = place - first;
        return new(Mixed(from.Red, to.Red), Mixed(from.Green, to.Green), Mixed(from.Blue, to.Blue));

        byte Mixed(byte a, byte b)
        {
            double full = ((1 - share) * a) + (share * b);
            return (byte)(255 - (strength * (255 - full)));
        }
    }

    private static double Longest(ReadOnlySpan<float> right, ReadOnlySpan<float> down)
    {
        double longest = 0;
        for (int i = 0; i < right.Length; i++)
        {
            double length = Math.Sqrt(((double)right[i] * right[i]) + ((double)down[i] * down[i]));
            if (double.IsFinite(length))
                longest = Math.Max(longest, length);
        }

        return longest;
    }

    // Each step goes from one pure color to the next: how many there are is how well the eye tells them apart.
    private static Color[] MakeWheel()
    {
        const int redYellow = 15, yellowGreen = 6, greenCyan = 4, cyanBlue = 11, blueMagenta = 13, magentaRed = 6;
        return
        [
            .. Steps(redYellow, part => new(255, part, 0)),
            .. Steps(yellowGreen, part => new((byte)(255 - part), 255, 0)),
            .. Steps(greenCyan, part => new(0, 255, part)),
            .. Steps(cyanBlue, part => new(0, (byte)(255 - part), 255)),
            .. Steps(blueMagenta, part => new(part, 0, 255)),
            .. Steps(magentaRed, part => new(255, 0, (byte)(255 - part))),
        ];

        static IEnumerable<Color> Steps(int count, Func<byte, Color> color) =>
            Enumerable.Range(0, count).Select(i => color((byte)(255 * i / count)));
    }
}
