namespace TorchBoard.Interpretation;

/// <summary>How <see cref="ActivationMaximisation"/> climbs.</summary>
public sealed record ActivationMaximisationOptions : ExplanationOptions
{
    internal static new ActivationMaximisationOptions Default { get; } = new();

    /// <summary>How many steps are taken: at least 1; 30 by default.</summary>
    public int Steps
    {
        get;
        init => field = Argument.AtLeast(value, 1, nameof(Steps));
    } = 30;

    /// <summary>
    /// How far a step goes, in units of the input, since gradients are brought to a root mean square of 1. Above 0; 1
    /// by default.
    /// </summary>
    public double LearningRate
    {
        get;
        init => field = Argument.Above(value, 0, nameof(LearningRate));
    } = 1;

    /// <summary>Where to begin; normal noise of deviation 0.1 by default.</summary>
    public float[]? Start { get; init; }
}
