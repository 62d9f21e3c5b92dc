namespace TorchBoard.Interpretation;

/// <summary>How <see cref="GradientShap"/> draws.</summary>
public sealed record GradientShapOptions : NoiseOptions
{
    internal static GradientShapOptions Default { get; } = new();

    /// <summary>
    /// Baselines to draw from: one number for all, or rows as long as the input, such as examples of the training data.
    /// Zeros by default.
    /// </summary>
    public float[]? Baseline { get; init; }
}
