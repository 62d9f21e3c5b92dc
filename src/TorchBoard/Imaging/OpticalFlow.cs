using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

/// <summary>Draws optical flow: the direction as hue, the length as saturation. Thread-safe.</summary>
/// <remarks>
/// Uses the colors of Baker et al., <i>A Database and Evaluation Methodology for Optical Flow</i> (2011), the
/// Middlebury benchmark, as in torchvision's <c>flow_to_image</c>: right is red, down yellow, left cyan, up violet,
/// and no motion white.
/// </remarks>
public static class OpticalFlow
{
    private static readonly Color[] Wheel = MakeWheel();

    /// <summary>Draws a flow field.</summary>
    /// <param name="flow">
    /// The motion of each pixel, in pixels: shape [2, height, width], first to the right, then down. If either is not
    /// finite, the flow is unknown and drawn black.
    /// </param>
    /// <param name="height">Number of rows; at least 1.</param>
    /// <param name="width">Number of columns; at least 1.</param>
    /// <param name="longest">
    /// The length drawn at full saturation, in pixels; finite and greater than 0. Longer flow is also drawn at full
    /// saturation. By default the largest finite length.
    /// </param>
    /// <returns>An RGB picture.</returns>
    /// <exception cref="ArgumentException">
    /// The sizes do not match the number of values, or the length is not finite and greater than 0.
    /// </exception>
    public static Picture Draw(ReadOnlySpan<float> flow, int height, int width, float? longest = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (flow.Length != 2L * height * width)
        {
            throw new ArgumentException(
                $"The number of values must be 2 × {height} × {width}; was {flow.Length}.",
                nameof(flow));
        }

        if (longest is not (null or > 0 and < float.PositiveInfinity))
        {
            throw new ArgumentOutOfRangeException(
                nameof(longest), longest, "The length must be finite and greater than 0.");
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

    // Steps between pure colors; their number reflects how well the eye distinguishes the hues.
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
