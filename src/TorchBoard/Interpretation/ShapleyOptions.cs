namespace TorchBoard.Interpretation;

/// <summary>The options of <see cref="ShapleyValues"/>. Immutable, thread-safe.</summary>
public sealed record ShapleyOptions : CoalitionOptions
{
    internal static ShapleyOptions Default { get; } = new();
}
