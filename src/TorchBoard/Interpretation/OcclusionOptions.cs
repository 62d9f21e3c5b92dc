namespace TorchBoard.Interpretation;

/// <summary>Options of <see cref="Occlusion"/>. Immutable, thread-safe.</summary>
public sealed record OcclusionOptions : ExplanationOptions
{
    /// <summary>
    /// The window's step in each of its dimensions: one number for all, or one each; at least 1 and at most the
    /// window's size. 1 by default.
    /// </summary>
    public int[]? Strides { get; init; }

    /// <summary>
    /// Values that replace the input inside the window: one number for all, or one per number of the input. Zeros by
    /// default.
    /// </summary>
    public float[]? Baseline { get; init; }
}
