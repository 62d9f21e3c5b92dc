namespace TorchBoard.Interpretation;

/// <summary>
/// How large the gradients of a parameter are. Side by side for all parameters, from input to output, they show
/// gradients that vanish or explode (gradient flow).
/// </summary>
/// <param name="Mean">The mean of |g|, of the finite ones; 0 where there is none.</param>
/// <param name="Max">The greatest |g|, of the finite ones; 0 where there is none.</param>
/// <param name="ZeroShare">The share of gradients that are exactly 0, 0 to 1: 1 of a frozen or dead layer.</param>
/// <param name="NonFiniteCount">How many are NaN or infinite.</param>
public readonly record struct GradientStatistics(double Mean, double Max, double ZeroShare, int NonFiniteCount)
{
    /// <summary>Measures the gradients of a parameter.</summary>
    /// <param name="gradients">The gradients of any shape; may be empty.</param>
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
