namespace TorchBoard.Interpretation;

/// <summary>How <see cref="ShapleyValues.Sample"/> draws.</summary>
public sealed record ShapleySamplingOptions : ShapleyOptions
{
    internal static new ShapleySamplingOptions Default { get; } = new();

    /// <summary>How many orders of the features are drawn: at least 1; 25 by default.</summary>
    public int Permutations
    {
        get;
        init => field = Argument.AtLeast(value, 1, nameof(Permutations));
    } = 25;
}
