namespace TorchBoard.Interpretation;

/// <summary>
/// The magnitudes of a parameter's gradients. Shown side by side for all parameters, from input to output, they reveal
/// vanishing or exploding gradients (gradient flow).
/// </summary>
/// <param name="Mean">The mean of |g| over the finite gradients; 0 if there are none.</param>
/// <param name="Max">The largest |g| of the finite gradients; 0 if there are none.</param>
/// <param name="ZeroShare">The fraction of gradients that are exactly 0, 0 to 1; 1 for a frozen or dead layer.</param>
/// <param name="NonFiniteCount">Number of gradients that are NaN or infinite.</param>
public readonly record struct GradientStatistics(double Mean, double Max, double ZeroShare, int NonFiniteCount)
{
    /// <summary>Computes the statistics of a parameter's gradients.</summary>
    /// <param name="gradients">The gradients, of any shape; may be empty.</param>
    public static GradientStatistics Of(ReadOnlySpan<float> gradients)
    {
        (double sum, double max, int zeros, int finite) = (0, 0, 0, 0);
        foreach (float gradient in gradients)
        {
            if (!float.IsFinite(gradient))
                continue;
            double size = Math.Abs(gradient);
            finite++;
            sum += size;
            max = Math.Max(max, size);
            zeros += size == 0 ? 1 : 0;
        }

        return new(
            finite == 0 ? 0 : sum / finite,
            max,
            gradients.IsEmpty ? 0 : (double)zeros / gradients.Length,
            gradients.Length - finite);
    }
}
