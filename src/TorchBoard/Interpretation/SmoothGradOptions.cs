namespace TorchBoard.Interpretation;

/// <summary>How much noise <see cref="SmoothGrad"/> adds, how often, and what it makes of the results.</summary>
public sealed record SmoothGradOptions : NoiseOptions
{
    /// <summary>Five samples with noise of deviation 1, and their mean.</summary>
    public SmoothGradOptions() => Deviation = 1;

    internal static SmoothGradOptions Default { get; } = new();

    /// <summary>What is made of the results; their mean by default.</summary>
    public NoiseSummary Summary { get; init; } = NoiseSummary.Mean;
}
