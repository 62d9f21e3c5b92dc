namespace TorchBoard.Interpretation;

/// <summary>How <see cref="IntegratedGradients"/> goes from a baseline to the input.</summary>
public sealed record IntegratedGradientsOptions : ExplanationOptions
{
    internal static IntegratedGradientsOptions Default { get; } = new();

    /// <summary>
    /// Where the path begins: one number for all, or one for each number of the input; an input that says nothing, such
    /// as a black picture. Zeros by default.
    /// </summary>
    public float[]? Baseline { get; init; }

    /// <summary>At how many points of the path the gradient is taken: at least 1; 50 by default.</summary>
    public int Steps
    {
        get;
        init => field = Argument.AtLeast(value, 1, nameof(Steps));
    } = 50;
}
