using TorchBoard.Interpretation;

namespace TorchBoard.Panels;

/// <summary>What of an attribution a picture shows, and how large what is shown may be at least.</summary>
internal static class AttributionScale
{
    /// <summary>Half of the full color is what each feature has where all have the same.</summary>
    private const double EvenShares = 2;

    /// <summary>The values of one picture, and their shape.</summary>
    /// <remarks>
    /// Methods that hide whole pixels give each channel of a pixel the value of the pixel, which counts once and not
    /// once a channel.
    /// </remarks>
    public static (float[] Values, int[] Shape) Shown(Attribution attribution)
    {
        float[] values = attribution.ToFloats();
        int[] shape = attribution.Shape.ToArray();
        if (shape is [> 1, _, _] && attribution.IsInUnitsOfScore)
        {
            int area = shape[1] * shape[2];
            bool isOfPixels = true;
            for (int c = 1; c < shape[0] && isOfPixels; c++)
                isOfPixels = values.AsSpan(c * area, area).SequenceEqual(values.AsSpan(0, area));
            if (isOfPixels)
                return (values[..area], shape[1..]);
        }

        return (values, shape);
    }

    /// <summary>The least magnitude that the full color may stand for; 0 where the score has no say.</summary>
    public static double Least(Attribution attribution)
    {
        if (!attribution.IsInUnitsOfScore || attribution.Score is not { } score || !double.IsFinite(score))
            return 0;
        double explained = Math.Max(Math.Abs(score), Math.Abs(score - (attribution.BaselineScore ?? 0)));
        int features = attribution.FeatureValues.Length;
        if (features == attribution.Values.Length && attribution.Shape.Length > 2)
            features = attribution.Shape[^1] * attribution.Shape[^2];
        return EvenShares * explained / features;
    }
}
