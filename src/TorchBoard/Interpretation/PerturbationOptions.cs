namespace TorchBoard.Interpretation;

/// <summary>Options of <see cref="PerturbationCurve"/>. Immutable, thread-safe.</summary>
public sealed record PerturbationOptions : ExplanationOptions
{
    internal static PerturbationOptions Default { get; } = new();

    /// <summary>Number of steps of equal size; at least 1, 50 by default.</summary>
    public int Steps
    {
        get;
        init => field = Argument.AtLeast(value, 1, nameof(Steps));
    } = 50;

    /// <summary>
    /// Values that replace removed positions: one number for all, or one per number of the input, such as a blurred
    /// picture. Zeros by default; ROAD does not use it.
    /// </summary>
    public float[]? Baseline { get; init; }

    /// <summary>
    /// The standard deviation of the normal noise that ROAD adds to infilled pixels, in units of the input, so that a
    /// model cannot recognize them; at least 0, 0.01 by default.
    /// </summary>
    public double Noise
    {
        get;
        init => field = Argument.AtLeast(value, 0, nameof(Noise));
    } = 0.01;
}
