using System.Text.Json;

namespace TorchBoard.Server.Http.Kinds;

/// <summary>
/// The nodes of a Keras model in JSON: a node for each layer, named by its models, such as <c>model/encoder/dense</c>. Reads the
/// forms of Keras 2 and 3, of functional and sequential models, nested in any way. Anything else is left out.
/// </summary>
internal sealed class KerasGraph
{
    /// <summary>An entry of <c>inbound_nodes</c> and the like: a layer's name, which call of it, and which of its outputs.</summary>
    private const int TensorLength = 3;

    private const int MostNumbers = 8;

    private readonly List<Graphs.Node> _nodes = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The layers whose values each model returns.</summary>
    private readonly Dictionary<string, Tensor[]> _outputs = new(StringComparer.Ordinal);

    private KerasGraph()
    {
    }

    /// <exception cref="InvalidDataException">The text is not such a model.</exception>
    public static IReadOnlyList<Graphs.Node> Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var graph = new KerasGraph();
            graph.FindOutputs(document.RootElement, scope: "");
            graph.Add(document.RootElement, scope: "", given: []);
            return graph._nodes.Count > 0
                ? graph._nodes
                : throw new InvalidDataException("The conceptual graph is not a Keras model: it has no layers with names.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The conceptual graph is not a Keras model in JSON: {e.Message}", e);
        }
    }

    // A model may be the input of a layer that is listed before it.
    private void FindOutputs(JsonElement layer, string scope)
    {
        if (NameOf(layer) is not { } name || LayersOf(layer) is not { } layers)
            return;
        string path = Below(scope, name);
        foreach (JsonElement inner in layers)
            FindOutputs(inner, path);
        Tensor[] outputs = [.. TensorsOf(Property(Property(layer, "config"), "output_layers")).Select(tensor => tensor.Below(path))];
        _outputs.TryAdd(
            path, outputs is [] && NameOf(layers[^1]) is { } last ? [new Tensor(Below(path, last), 0)] : outputs);
    }

    /// <summary>Adds the nodes of a layer or a model.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="scope">The name of the model that it is in.</param>
    /// <param name="given">The inputs of a layer that does not name its own.</param>
    private void Add(JsonElement layer, string scope, string[] given)
    {
        if (NameOf(layer) is not { } name)
            return;
        string path = Below(scope, name);
        string[] own =
        [
            .. TensorsOf(Property(layer, "inbound_nodes")).Select(tensor => Resolve(tensor.Below(scope))).Distinct(StringComparer.Ordinal),
        ];
        string[] inputs = own is [] ? given : own;
        if (LayersOf(layer) is not { } layers)
        {
            if (_names.Add(path))
                _nodes.Add(NodeOf(layer, path, inputs));
            return;
        }

        // The inputs of a functional model are those of its input layers, in order; in a sequential model, each layer is the
        // input of the next.
        string[] ends = [.. TensorsOf(Property(Property(layer, "config"), "input_layers")).Select(tensor => tensor.Layer)];
        string[] before = inputs;
        foreach (JsonElement inner in layers)
        {
            string innerName = NameOf(inner) ?? "";
            int input = Array.IndexOf(ends, innerName);
            Add(inner, path, ends.Length == 0 ? before : input >= 0 && input < inputs.Length ? [inputs[input]] : []);
            before = [Resolve(new Tensor(Below(path, innerName), 0))];
        }
    }

    // The layer from which a value comes, through the models that return it.
    private string Resolve(Tensor tensor)
    {
        for (int depth = 0; depth <= _outputs.Count && _outputs.TryGetValue(tensor.Layer, out Tensor[]? outputs); depth++)
        {
            if (outputs.Length == 0)
                break;
            tensor = outputs[Math.Clamp(tensor.Output, 0, outputs.Length - 1)];
        }

        return tensor.Layer;
    }

    private static Graphs.Node NodeOf(JsonElement layer, string path, string[] inputs)
    {
        JsonElement config = Property(layer, "config");
        string[][] attributes =
        [
            .. config.EnumerateObject().Where(property => property.Name is not ("name" or "dtype"))
                .Select(property => (string[])[property.Name, TextOf(property.Value) ?? ""]).Where(attribute => attribute[1].Length > 0),
        ];
        JsonElement shape = Property(config, "batch_shape") is { ValueKind: JsonValueKind.Array } given
            ? given
            : Property(config, "batch_input_shape");
        return new Graphs.Node(
            path,
            Property(layer, "class_name") is { ValueKind: JsonValueKind.String } type ? type.GetString()! : "",
            inputs is [] ? null : inputs,
            Device: null,
            TypeOf(Property(config, "dtype")),
            shape.ValueKind == JsonValueKind.Array ? [string.Join('×', shape.EnumerateArray().Select(size => TextOf(size) ?? "?"))] : null,
            attributes is [] ? null : attributes);
    }

    // A type, or a policy that names one.
    private static string? TypeOf(JsonElement type) => type.ValueKind == JsonValueKind.String
        ? type.GetString()
        : TextOf(Property(Property(type, "config"), "name"));

    // Null for values without a short text, such as initializers of weights.
    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.Array when value.GetArrayLength() is > 0 and <= MostNumbers
            && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.Number) =>
            string.Join(", ", value.EnumerateArray().Select(one => one.GetRawText())),
        _ => null,
    };

    // Both forms: ["dense", 0, 0, …], and tensors that say where they come from; in lists and dictionaries of any depth.
    private static IEnumerable<Tensor> TensorsOf(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            if (value.GetArrayLength() >= TensorLength && value[0].ValueKind == JsonValueKind.String
                && value[1].ValueKind == JsonValueKind.Number && value[2].ValueKind == JsonValueKind.Number)
            {
                return [new Tensor(value[0].GetString()!, value[2].TryGetInt32(out int output) ? output : 0)];
            }

            return value.EnumerateArray().SelectMany(TensorsOf);
        }

        if (value.ValueKind != JsonValueKind.Object)
            return [];
        return Property(Property(value, "config"), "keras_history") is { ValueKind: JsonValueKind.Array } history
            ? TensorsOf(history)
            : value.EnumerateObject().SelectMany(property => TensorsOf(property.Value));
    }

    private static string? NameOf(JsonElement layer) =>
        Property(Property(layer, "config"), "name") is { ValueKind: JsonValueKind.String } name ? name.GetString() : null;

    private static JsonElement[]? LayersOf(JsonElement layer) =>
        Property(Property(layer, "config"), "layers") is { ValueKind: JsonValueKind.Array } layers && layers.GetArrayLength() > 0
            ? [.. layers.EnumerateArray()]
            : null;

    private static JsonElement Property(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement found) ? found : default;

    private static string Below(string scope, string name) => scope.Length == 0 ? name : $"{scope}/{name}";

    private readonly record struct Tensor(string Layer, int Output)
    {
        public Tensor Below(string scope) => this with { Layer = KerasGraph.Below(scope, Layer) };
    }
}
