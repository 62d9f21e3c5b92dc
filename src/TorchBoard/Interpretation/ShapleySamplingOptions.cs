namespace TorchBoard.Interpretation;

/// <summary>The options of <see cref="ShapleySampling"/>. Immutable, thread-safe.</summary>
public sealed record ShapleySamplingOptions : CoalitionOptions
{
    internal static ShapleySamplingOptions Default { get; } = new();

    /// <summary>Number of random orders of the features; at least 1, 25 by default.</summary>
    public int Permutations
    {
        get;
        init => field = Argument.AtLeast(value, 1, nameof(Permutations));
    } = 25;
}
