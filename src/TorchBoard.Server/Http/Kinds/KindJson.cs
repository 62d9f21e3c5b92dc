using System.Text.Json.Serialization;

namespace TorchBoard.Server.Http.Kinds;

/// <summary>The JSON of values other than scalars. Numbers that are not finite are the texts NaN, Infinity and -Infinity.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KindValues<Images.Picture[]>))]
[JsonSerializable(typeof(KindValues<Histograms.Buckets>))]
[JsonSerializable(typeof(KindValues<Texts.Length>))]
[JsonSerializable(typeof(Texts.Tree))]
[JsonSerializable(typeof(KindValues<Audios.Clip[]>))]
[JsonSerializable(typeof(KindValues<PrCurves.Curve>))]
[JsonSerializable(typeof(Graphs.NodesAndTimes))]
[JsonSerializable(typeof(Embeddings.Projection))]
[JsonSerializable(typeof(Embeddings.NeighborList))]
[JsonSerializable(typeof(KindValues<Meshes.Size[]>))]
[JsonSerializable(typeof(Meshes.Shape))]
internal sealed partial class KindJson : JsonSerializerContext;
