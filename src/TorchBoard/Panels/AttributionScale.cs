using TorchBoard.Interpretation;

namespace TorchBoard.Panels;

/// <summary>The values of an attribution that a picture shows, and the smallest end of their scale.</summary>
internal static class AttributionScale
{
    /// <summary>A feature has half of the full color if all features contribute equally.</summary>
    private const double EvenShares = 2;

    /// <summary>Returns the values of one picture and their shape.</summary>
    /// <remarks>
    /// Methods that hide whole pixels give each channel the value of the pixel, which must be counted once, not once
    /// per channel.
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

    /// <summary>
    /// Returns the smallest magnitude that the full color may represent; 0 if the score does not matter.
    /// </summary>
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
