namespace TorchBoard.Interpretation;

/// <summary>Options of <see cref="IntegratedGradients"/>. Immutable, thread-safe.</summary>
public sealed record IntegratedGradientsOptions : ExplanationOptions
{
    internal static IntegratedGradientsOptions Default { get; } = new();

    /// <summary>
    /// The start of the path: one number for all, or one per number of the input. It should carry no information, such
    /// as a black picture. Zeros by default.
    /// </summary>
    public float[]? Baseline { get; init; }

    /// <summary>Number of points on the path; at least 1, 50 by default.</summary>
    public int Steps
    {
        get;
        init => field = Argument.AtLeast(value, 1, nameof(Steps));
    } = 50;
}
