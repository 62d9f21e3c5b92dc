namespace TorchBoard.Drawing;

/// <summary>Mixes colors.</summary>
internal static class Opacity
{
    public static void ThrowIfNone(float opacity, string argument)
    {
        if (opacity is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(argument, opacity, "The value must be between 0 and 1.");
    }

    /// <summary>Blends a color over a pixel's first three channels.</summary>
    public static void Mix(Span<byte> pixel, Color over, float opacity)
    {
        pixel[0] = Mixed(pixel[0], over.Red, opacity);
        pixel[1] = Mixed(pixel[1], over.Green, opacity);
        pixel[2] = Mixed(pixel[2], over.Blue, opacity);
    }

    private static byte Mixed(byte under, byte over, float opacity) =>
        (byte)((under * (1 - opacity)) + (over * opacity) + 0.5f);
}
