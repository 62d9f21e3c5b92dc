namespace TorchBoard.Interpretation;

/// <summary>How <see cref="Occlusion"/> moves its window.</summary>
public sealed record OcclusionOptions : ExplanationOptions
{
    /// <summary>
    /// By how much the window moves in each of its dimensions: one number for all, or one each; at least 1 and at most
    /// the window's size. 1 by default.
    /// </summary>
    public int[]? Strides { get; init; }

    /// <summary>
    /// What stands inside the window: one number for all, or one for each number of the input. Zeros by default.
    /// </summary>
    public float[]? Baseline { get; init; }
}
