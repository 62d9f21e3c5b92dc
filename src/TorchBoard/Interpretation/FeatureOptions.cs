namespace TorchBoard.Interpretation;

/// <summary>Options of methods that remove features. Immutable, thread-safe.</summary>
public sealed record FeatureOptions : ExplanationOptions
{
    internal static FeatureOptions Default { get; } = new();

    /// <summary>
    /// Values that replace absent features: one number for all, or one per number of the input. Zeros by default.
    /// </summary>
    public float[]? Baseline { get; init; }

    /// <summary>
    /// The feature of each number of the input: equal numbers form one feature. One per number of the input, or per
    /// position of its last dimensions ([H, W] of [C, H, W]), which all channels then share. Any numbers are allowed;
    /// features are numbered in their order. By default each number of the input is a feature.
    /// </summary>
    public int[]? Groups { get; init; }
}
