namespace TorchBoard.Interpretation;

/// <summary>How <see cref="GradientShap"/> draws.</summary>
public sealed record GradientShapOptions : ExplanationOptions
{
    internal static new GradientShapOptions Default { get; } = new();

    /// <summary>
    /// Baselines to draw from: one number for all, or rows as long as the input, such as examples of the training data.
    /// Zeros by default.
    /// </summary>
    public float[]? Baseline { get; init; }

    /// <summary>At how many points gradients are taken: at least 1; 5 by default.</summary>
    public int Samples
    {
        get;
        init => field = Argument.AtLeast(value, 1, nameof(Samples));
    } = 5;

    /// <summary>
    /// The standard deviation of normal noise added to the input, in units of the input: at least 0, the default.
    /// </summary>
    public double Deviation
    {
        get;
        init => field = Argument.AtLeast(value, 0, nameof(Deviation));
    }
}
