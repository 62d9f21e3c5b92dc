using System.Text.Json.Serialization;

namespace TorchBoard.Server.Http;

/// <summary>The JSON of the page's server. Numbers that are not finite are the texts NaN, Infinity and -Infinity.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(RunList))]
[JsonSerializable(typeof(ScalarPoints))]
[JsonSerializable(typeof(ScalarBytes.Header))]
[JsonSerializable(typeof(MetricValues))]
[JsonSerializable(typeof(TrialList))]
[JsonSerializable(typeof(EventStream.Change))]
[JsonSerializable(typeof(PageServer.Failure))]
internal sealed partial class PageJson : JsonSerializerContext;
