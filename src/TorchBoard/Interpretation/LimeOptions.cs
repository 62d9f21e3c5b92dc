namespace TorchBoard.Interpretation;

/// <summary>Options of <see cref="Lime"/>. Immutable, thread-safe.</summary>
public sealed record LimeOptions : ExplanationOptions
{
    internal static LimeOptions Default { get; } = new();

    /// <inheritdoc cref="FeatureOptions.Groups"/>
    /// <remarks>For pictures, use superpixels from <see cref="Superpixels"/>.</remarks>
    public int[]? Groups { get; init; }

    /// <summary>
    /// Values that replace hidden features: one number for all, or one per number of the input. Null, the default,
    /// means the mean of the group, separately for each channel if the input is [C, H, W] and the groups are [H, W];
    /// zeros if there are no groups.
    /// </summary>
    public float[]? Baseline { get; init; }

    /// <summary>
    /// Number of inputs to evaluate: the whole input, and inputs in which each feature is present or hidden with equal
    /// probability. At least 2; 1000 by default.
    /// </summary>
    public int Samples
    {
        get;
        init => field = Argument.AtLeast(value, 2, nameof(Samples));
    } = 1000;

    /// <summary>
    /// The width w of the kernel √exp(−d²/w²) that weights inputs by d, their cosine distance from the whole input, 0
    /// to 1. Greater than 0; 0.25 by default.
    /// </summary>
    public double KernelWidth
    {
        get;
        init => field = Argument.Above(value, 0, nameof(KernelWidth));
    } = 0.25;

    /// <summary>The ridge penalty on the squared coefficients of the linear model; at least 0, 1 by default.</summary>
    public double Ridge
    {
        get;
        init => field = Argument.AtLeast(value, 0, nameof(Ridge));
    } = 1;
}
