namespace TorchBoard.Interpretation;

/// <summary>Options of <see cref="KernelShap"/>. Immutable, thread-safe.</summary>
public sealed record KernelShapOptions : CoalitionOptions
{
    internal static KernelShapOptions Default { get; } = new();

    /// <summary>
    /// Maximum number of coalitions, besides the empty and the full one; at least 2. Null, the default, means 2·M +
    /// 2048 for M features. If all 2ᴹ − 2 fit, the values are exact.
    /// </summary>
    public int? Coalitions
    {
        get;
        init => field = value is { } count ? Argument.AtLeast(count, 2, nameof(Coalitions)) : null;
    }
}
