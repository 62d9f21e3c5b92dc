namespace TorchBoard.Interpretation;

/// <summary>Options of <see cref="ExplanationMetrics"/>. Immutable, thread-safe.</summary>
public sealed record ExplanationMetricOptions : ExplanationOptions
{
    internal static ExplanationMetricOptions Default { get; } = new();

    /// <summary>
    /// Values that replace removed positions, and from which attributions in units of the score were measured: one
    /// number for all, or one per number of the input. Zeros by default.
    /// </summary>
    public float[]? Baseline { get; init; }

    /// <summary>
    /// Number of changed inputs for infidelity and for the maximum sensitivity; at least 1, 10 by default, as in captum.
    /// </summary>
    public int Samples
    {
        get;
        init => field = Argument.AtLeast(value, 1, nameof(Samples));
    } = 10;

    /// <summary>
    /// Writes the change I that infidelity subtracts from the input, for the number of a sample; the span is cleared.
    /// Null, the default, draws normal noise with a standard deviation of a tenth of the input's range.
    /// </summary>
    public Action<int, Span<float>>? Change { get; init; }

    /// <summary>
    /// Whether infidelity first multiplies the attribution by the number with which it is least, as captum's
    /// <c>normalize=True</c> does, so that methods with different units can be compared; true by default.
    /// </summary>
    public bool Normalize { get; init; } = true;

    /// <summary>
    /// Largest change of a number of the input for the maximum sensitivity, in units of the input; greater than 0, 0.02
    /// by default, as in captum.
    /// </summary>
    public double Radius
    {
        get;
        init => field = Argument.Above(value, 0, nameof(Radius));
    } = 0.02;

    /// <summary>
    /// Number of random subsets for the faithfulness correlation; at least 2, 100 by default, as in Quantus.
    /// </summary>
    public int Subsets
    {
        get;
        init => field = Argument.AtLeast(value, 2, nameof(Subsets));
    } = 100;

    /// <summary>
    /// Number of positions in each subset; at least 1. Null, the default, means a tenth of the positions, and at least
    /// one.
    /// </summary>
    public int? SubsetSize
    {
        get;
        init => field = value is { } size ? Argument.AtLeast(size, 1, nameof(SubsetSize)) : null;
    }
}
