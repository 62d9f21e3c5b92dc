namespace TorchBoard.Interpretation;

/// <summary>Options of <see cref="GradientShap"/>. Immutable, thread-safe.</summary>
public sealed record GradientShapOptions : NoiseOptions
{
    internal static GradientShapOptions Default { get; } = new();

    /// <summary>
    /// The baselines to draw from: one number for all, or rows as long as the input, such as training examples. Zeros
    /// by default.
    /// </summary>
    public float[]? Baseline { get; init; }
}
