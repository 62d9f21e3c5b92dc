using System.Text.Json;
using System.Text.Json.Serialization;

namespace TorchBoard.Benchmarks.Quick;

/// <summary>A measured figure, with the physical limit measured in the same run if there is one.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The median of the repetitions.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Limit">The machine's limit in the same unit, also the median of the repetitions.</param>
/// <param name="Best">The best of the repetitions, if there are many and the machine is shared.</param>
/// <param name="BestLimit">The best of the limit's repetitions.</param>
internal sealed record Figure(
    string Name,
    double Value,
    string Unit,
    double? Limit = null,
    [property: JsonPropertyOrder(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Best = null,
    [property: JsonPropertyOrder(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    double? BestLimit = null)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The value as a share of the limit.</summary>
    public double? Ratio => Limit is { } limit ? Math.Round(Value / limit, 3) : null;

    /// <summary>Creates a figure of a duration, in the unit of the timings.</summary>
    public static Figure OfTime(string name, string unit, Timing time, Timing limit) =>
        new(name, time.Median, unit, limit.Median, time.Least, limit.Least);

    /// <summary>Creates a figure of a rate per second.</summary>
    public static Figure OfRate(string name, string unit, double count, Timing seconds, Timing limit) =>
        new(name, count / seconds.Median, unit, count / limit.Median, count / seconds.Least, count / limit.Least);

    public string ToJson() => JsonSerializer.Serialize(
        this with
        {
            Value = Rounded(Value),
            Limit = Rounded(Limit),
            Best = Rounded(Best),
            BestLimit = Rounded(BestLimit),
        },
        Options);

    private static double? Rounded(double? value) => value is { } number ? Rounded(number) : null;

    private static double Rounded(double value) =>
        value == 0 ? 0 : Math.Round(value, Math.Clamp(4 - (int)Math.Ceiling(Math.Log10(Math.Abs(value))), 0, 15));
}
