using System.Buffers;
using System.Text;
using System.Text.Json;

namespace TorchBoard.Graphs;

/// <summary>Writes and validates Keras models in JSON, the format of the conceptual graph.</summary>
internal static class KerasModel
{
    /// <summary>Returns the JSON of a functional model.</summary>
    public static byte[] Of(string name, IReadOnlyList<ModelLayer> layers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("class_name", "Functional");
            json.WriteStartObject("config");
            json.WriteString("name", name);
            json.WriteStartArray("layers");
            foreach (ModelLayer layer in layers)
                Write(json, layer);
            json.WriteEndArray();
            HashSet<string> used = [.. layers.SelectMany(layer => layer.Inputs)];
            WriteEnds(json, "input_layers", layers.Where(layer => layer.Inputs.Count == 0));
            WriteEnds(json, "output_layers", layers.Where(layer => !used.Contains(layer.Name)));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Throws if TensorBoard cannot read the model.</summary>
    public static void ThrowIfInvalid(string json, string argument)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            ThrowIfNoLayer(document.RootElement, "the model", argument);
            if (!document.RootElement.GetProperty("config").TryGetProperty("layers", out _))
                throw new ArgumentException("The JSON is not a Keras model: its 'config' has no 'layers'.", argument);
        }
        catch (JsonException e)
        {
            throw new ArgumentException(
                $"The text must be a Keras model in JSON; it is not valid JSON: {e.Message}", argument, e);
        }
    }

    private static void ThrowIfNoLayer(JsonElement layer, string where, string argument)
    {
        if (layer.ValueKind != JsonValueKind.Object
            || !layer.TryGetProperty("config", out JsonElement config) || config.ValueKind != JsonValueKind.Object
            || !config.TryGetProperty("name", out JsonElement name) || name.ValueKind != JsonValueKind.String)
        {
            throw new ArgumentException(
                $"The JSON is not a Keras model: {where} has no 'config' with a 'name'.", argument);
        }

        if (layer.TryGetProperty("class_name", out JsonElement className)
            && (className.ValueKind != JsonValueKind.String || !Ascii.IsValid(className.GetString())))
        {
            throw new ArgumentException($"The 'class_name' of '{name}' must be an ASCII string.", argument);
        }

        if (!config.TryGetProperty("layers", out JsonElement layers))
            return;
        if (layers.ValueKind != JsonValueKind.Array || layers.GetArrayLength() == 0)
            throw new ArgumentException($"The 'layers' of '{name}' must be a nonempty array.", argument);
        foreach (JsonElement inner in layers.EnumerateArray())
            ThrowIfNoLayer(inner, $"a layer of '{name}'", argument);
    }

    private static void Write(Utf8JsonWriter json, ModelLayer layer)
    {
        json.WriteStartObject();
        json.WriteString("class_name", layer.ClassName);
        json.WriteStartObject("config");
        json.WriteString("name", layer.Name);
        if (NameOf(layer.Type) is { } type)
            json.WriteString("dtype", type);
        json.WriteEndObject();
        json.WriteStartArray("inbound_nodes");
        if (layer.Inputs.Count > 0)
        {
            json.WriteStartObject();
            json.WriteStartArray("args");
            foreach (string input in layer.Inputs)
                WriteTensor(json, input);
            json.WriteEndArray();
            json.WriteStartObject("kwargs");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // The NumPy name; null if TensorBoard has no name for the type.
    private static string? NameOf(TensorType type) => type switch
    {
        TensorType.Half => "float16",
        TensorType.Single => "float32",
        TensorType.Double => "float64",
        TensorType.SByte => "int8",
        TensorType.Byte => "uint8",
        TensorType.Boolean => "bool",
        TensorType.Unknown or TensorType.String => null,
        _ => type.ToString().ToLowerInvariant(),
    };

    private static void WriteTensor(Utf8JsonWriter json, string layer)
    {
        json.WriteStartObject();
        json.WriteString("class_name", "__keras_tensor__");
        json.WriteStartObject("config");
        json.WritePropertyName("keras_history");
        WriteOutput(json, layer);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteEnds(Utf8JsonWriter json, string property, IEnumerable<ModelLayer> layers)
    {
        json.WriteStartArray(property);
        foreach (ModelLayer layer in layers)
            WriteOutput(json, layer.Name);
        json.WriteEndArray();
    }

    // A layer's first output at its first call.
    private static void WriteOutput(Utf8JsonWriter json, string layer)
    {
        json.WriteStartArray();
        json.WriteStringValue(layer);
        json.WriteNumberValue(0);
        json.WriteNumberValue(0);
        json.WriteEndArray();
    }
}
