namespace TorchBoard.Interpretation;

/// <summary>How much <see cref="KernelShap"/> asks of the model.</summary>
public sealed record KernelShapOptions : CoalitionOptions
{
    internal static KernelShapOptions Default { get; } = new();

    /// <summary>
    /// How many coalitions are tried at most, besides the empty and the whole one: at least 2. Null by default:
    /// 2·M + 2048 for M features. Where all 2ᴹ − 2 fit, the values are exact.
    /// </summary>
    public int? Coalitions
    {
        get;
        init => field = value is { } count ? Argument.AtLeast(count, 2, nameof(Coalitions)) : null;
    }
}
