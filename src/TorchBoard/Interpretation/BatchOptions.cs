namespace TorchBoard.Interpretation;

/// <summary>The options of methods without options of their own. Immutable, thread-safe.</summary>
public sealed record BatchOptions : ExplanationOptions
{
    internal static BatchOptions Default { get; } = new();
}
