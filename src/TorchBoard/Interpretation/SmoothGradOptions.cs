namespace TorchBoard.Interpretation;

/// <summary>How much noise <see cref="SmoothGrad"/> adds, how often, and what it makes of the results.</summary>
public sealed record SmoothGradOptions : ExplanationOptions
{
    internal static new SmoothGradOptions Default { get; } = new();

    /// <summary>How many noisy inputs there are: at least 1; 5 by default.</summary>
    public int Samples
    {
        get;
        init => field = Argument.AtLeast(value, 1, nameof(Samples));
    } = 5;

    /// <summary>
    /// The standard deviation σ of the normal noise, in units of the input: at least 0; 1 by default. Of pictures, 0.1
    /// to 0.2 of their range is usual.
    /// </summary>
    public double Deviation
    {
        get;
        init => field = Argument.AtLeast(value, 0, nameof(Deviation));
    } = 1;

    /// <summary>What is made of the results; their mean by default.</summary>
    public NoiseSummary Summary { get; init; } = NoiseSummary.Mean;
}
