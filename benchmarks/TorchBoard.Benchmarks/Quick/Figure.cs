using System.Text.Json;
using System.Text.Json.Serialization;

namespace TorchBoard.Benchmarks.Quick;

/// <summary>One measured figure and, where there is one, the physical limit measured in the same run.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The median of the repetitions.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Limit">What the machine allows at best, in the same unit; the median of its repetitions too.</param>
/// <param name="Best">The best of the repetitions, where they are many and the machine's neighbors matter.</param>
/// <param name="BestLimit">The best of the limit's.</param>
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

    /// <summary>A duration, in the unit that the timings are given in.</summary>
    public static Figure OfTime(string name, string unit, Timing time, Timing limit) =>
        new(name, time.Median, unit, limit.Median, time.Least, limit.Least);

    /// <summary>How many of something are done in a second.</summary>
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
