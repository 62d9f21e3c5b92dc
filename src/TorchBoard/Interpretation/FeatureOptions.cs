namespace TorchBoard.Interpretation;

/// <summary>
/// How methods explain that take features away: what a feature is, and what stands where it is absent.
/// </summary>
public sealed record FeatureOptions : ExplanationOptions
{
    internal static FeatureOptions Default { get; } = new();

    /// <summary>
    /// What stands where a feature is absent: one number for all, or one for each number of the input. Zeros by
    /// default.
    /// </summary>
    public float[]? Baseline { get; init; }

    /// <summary>
    /// Numbers of the input that are one feature, as the same number: one for each number of the input, or for each
    /// place of its last dimensions ([H, W] of [C, H, W]), which all channels then share. Any numbers; features count
    /// in their order. By default each number of the input is a feature of its own.
    /// </summary>
    public int[]? Groups { get; init; }
}
