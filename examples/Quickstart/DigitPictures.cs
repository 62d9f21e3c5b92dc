namespace Quickstart;

/// <summary>Draws 8×8 pictures large enough to be seen: each pixel as a square, each picture with an edge.</summary>
public static class DigitPictures
{
    /// <summary>Rows and columns of an enlarged picture, edge included.</summary>
    public const int Side = (Digits.Side * Scale) + (2 * Edge);

    private const int Scale = 5;
    private const int Edge = 2;
    private const int Channels = 3;
    private const float EdgeGrey = 0.35f;

    /// <summary>Digits in white on black: N × <see cref="Side"/> × <see cref="Side"/>, 0 to 1.</summary>
    public static float[] OfDigits(Digits digits)
    {
        float[] pixels = new float[digits.Count * Side * Side];
        Array.Fill(pixels, EdgeGrey);
        for (int n = 0; n < digits.Count; n++)
        {
            ReadOnlySpan<float> image = digits.Image(n);
            for (int i = 0; i < Digits.Pixels * Scale * Scale; i++)
            {
                (int source, int target) = Enlarged(i);
                pixels[(n * Side * Side) + target] = image[source];
            }
        }

        return pixels;
    }

    /// <summary>
    /// What each unit of a layer looks for: weights above 0 in red, below 0 in blue, 0 in white, on one scale for
    /// all units. N × <see cref="Side"/> × <see cref="Side"/> × 3, 0 to 1.
    /// </summary>
    public static float[] OfWeights(DenseLayer layer)
    {
        float greatest = float.Epsilon;
        foreach (float weight in layer.Weight)
            greatest = MathF.Max(greatest, MathF.Abs(weight));

        float[] pixels = new float[layer.Outputs * Side * Side * Channels];
        Array.Fill(pixels, EdgeGrey);
        for (int unit = 0; unit < layer.Outputs; unit++)
        {
            ReadOnlySpan<float> weights = layer.Weight.AsSpan(unit * layer.Inputs, layer.Inputs);
            for (int i = 0; i < Digits.Pixels * Scale * Scale; i++)
            {
                (int source, int target) = Enlarged(i);
                float strength = weights[source] / greatest;
                Span<float> pixel = pixels.AsSpan(((unit * Side * Side) + target) * Channels, Channels);
                pixel[0] = 1 + MathF.Min(strength, 0);
                pixel[1] = 1 - MathF.Abs(strength);
                pixel[2] = 1 - MathF.Max(strength, 0);
            }
        }

        return pixels;
    }

    /// <summary>Of the i-th pixel inside the edge: which pixel of the 8×8 it repeats, and where it stands.</summary>
    private static (int Source, int Target) Enlarged(int i)
    {
        const int inside = Digits.Side * Scale;
        (int y, int x) = Math.DivRem(i, inside);
        return ((y / Scale * Digits.Side) + (x / Scale), ((y + Edge) * Side) + x + Edge);
    }
}
