using System.Text.Json;

namespace TorchBoard.Benchmarks.Quick;

/// <summary>One measured figure and, where there is one, the physical limit measured in the same run.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The median of the repetitions.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Limit">What the machine allows at best, in the same unit.</param>
internal sealed record Figure(string Name, double Value, string Unit, double? Limit = null)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The value as a share of the limit.</summary>
    public double? Ratio => Limit is { } limit ? Math.Round(Value / limit, 3) : null;

    public string ToJson() => JsonSerializer.Serialize(
        this with { Value = Rounded(Value), Limit = Limit is { } limit ? Rounded(limit) : null }, Options);

    private static double Rounded(double value) =>
        value == 0 ? 0 : Math.Round(value, Math.Clamp(4 - (int)Math.Ceiling(Math.Log10(Math.Abs(value))), 0, 15));
}
