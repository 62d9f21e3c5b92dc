namespace TorchBoard.Interpretation;

/// <summary>How <see cref="Lime"/> tries out the neighborhood of an input.</summary>
public sealed record LimeOptions : ExplanationOptions
{
    internal static LimeOptions Default { get; } = new();

    /// <inheritdoc cref="FeatureOptions.Groups"/>
    /// <remarks>Of pictures: superpixels, as <see cref="Superpixels"/> makes them.</remarks>
    public int[]? Groups { get; init; }

    /// <summary>
    /// What stands where a feature is hidden: one number for all, or one for each number of the input. Null by default:
    /// the mean of the group, of each channel by itself where the input is [C, H, W] and groups are given for [H, W];
    /// zeros where there are no groups.
    /// </summary>
    public float[]? Baseline { get; init; }

    /// <summary>
    /// How many inputs the model is asked about: the whole one, and others in which each feature is there or hidden
    /// with equal chance. At least 2; 1000 by default.
    /// </summary>
    public int Samples
    {
        get;
        init => field = Argument.AtLeast(value, 2, nameof(Samples));
    } = 1000;

    /// <summary>
    /// The width w of the kernel √exp(−d²/w²) that weighs inputs by their distance d, the cosine distance of what is
    /// there from all being there, 0 to 1. Above 0; 0.25 by default.
    /// </summary>
    public double KernelWidth
    {
        get;
        init => field = Argument.Above(value, 0, nameof(KernelWidth));
    } = 0.25;

    /// <summary>
    /// The penalty on the squares of the linear model's coefficients (ridge regression): at least 0; 1 by default.
    /// </summary>
    public double Ridge
    {
        get;
        init => field = Argument.AtLeast(value, 0, nameof(Ridge));
    } = 1;
}
