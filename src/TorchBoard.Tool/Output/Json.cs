using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TorchBoard.Hyperparameters;
using TorchBoard.Tool.Checking;
using TorchBoard.Tool.Comparing;
using TorchBoard.Tool.Rewriting;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Output;

/// <summary>Writes values as JSON. NaN and the infinities, which JSON lacks, are strings.</summary>
internal static class Json
{
    /// <summary>The characters of names are written unchanged where JSON permits it.</summary>
    public static JsonSerializerOptions Readable { get; } = With(JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    /// <summary>All characters beyond ASCII are escaped.</summary>
    public static JsonSerializerOptions Ascii { get; } = With(JavaScriptEncoder.Default);

    public static string Of(object value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(value, options.GetTypeInfo(typeof(object)));

    private static JsonSerializerOptions With(JavaScriptEncoder encoder) => new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = encoder,
        TypeInfoResolver = JsonTypes.Default,
        Converters = { Name<TagKind>(), Name<TensorType>(), Name<MeshPartKind>(), Name<RunStatus>(), Name<MissingKinds>() },
    };

    private static JsonStringEnumConverter<T> Name<T>()
        where T : struct, Enum => new(JsonNamingPolicy.CamelCase);
}

/// <summary>The types that are written, besides those that they contain: native code knows no others.</summary>
[JsonSerializable(typeof(object))]
[JsonSerializable(typeof(JsonFields))]
[JsonSerializable(typeof(JsonFields[]))]
[JsonSerializable(typeof(object[]))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(long[]))]
[JsonSerializable(typeof(double[]))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(TagKind))]
[JsonSerializable(typeof(TensorType))]
[JsonSerializable(typeof(MeshPartKind))]
[JsonSerializable(typeof(RunStatus))]
[JsonSerializable(typeof(CheckedFile[]))]
[JsonSerializable(typeof(CorruptRecord[]))]
[JsonSerializable(typeof(RepairedFile[]))]
[JsonSerializable(typeof(LostFile[]))]
[JsonSerializable(typeof(MissingData[]))]
[JsonSerializable(typeof(Side))]
[JsonSerializable(typeof(Side[]))]
[JsonSerializable(typeof(WatchedPoint))]
internal sealed partial class JsonTypes : JsonSerializerContext;
