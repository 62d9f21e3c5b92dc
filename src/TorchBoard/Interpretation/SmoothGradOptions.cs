namespace TorchBoard.Interpretation;

/// <summary>Options of <see cref="SmoothGrad"/>. Immutable, thread-safe.</summary>
public sealed record SmoothGradOptions : NoiseOptions
{
    /// <summary>Initializes the options: 5 samples, noise of deviation 1, the mean.</summary>
    public SmoothGradOptions() => Deviation = 1;

    internal static SmoothGradOptions Default { get; } = new();

    /// <summary>How the explanations are combined; the mean by default.</summary>
    public NoiseSummary Summary { get; init; } = NoiseSummary.Mean;
}
