namespace TorchBoard.Interpretation;

/// <summary>How <see cref="PerturbationCurve"/> takes an input apart.</summary>
public sealed record PerturbationOptions : ExplanationOptions
{
    internal static PerturbationOptions Default { get; } = new();

    /// <summary>In how many steps of equal size: at least 1; 50 by default.</summary>
    public int Steps
    {
        get;
        init => field = Argument.AtLeast(value, 1, nameof(Steps));
    } = 50;

    /// <summary>
    /// What stands where something is taken away: one number for all, or one for each number of the input, such as a
    /// blurred picture. Zeros by default; ROAD does not use it.
    /// </summary>
    public float[]? Baseline { get; init; }

    /// <summary>
    /// The standard deviation of the normal noise that ROAD adds to what it fills in, in units of the input, so that a
    /// model cannot recognize the filling: at least 0; 0.01 by default.
    /// </summary>
    public double Noise
    {
        get;
        init => field = Argument.AtLeast(value, 0, nameof(Noise));
    } = 0.01;
}
