using static TorchSharp.torch;

namespace TorchBoard.Graphs;

/// <summary>A trace as a graph for TensorBoard.</summary>
internal static class ModelGraph
{
    public static Graph Of(ModelTrace trace)
    {
        var builder = new GraphBuilder();
        foreach ((string name, TracedOutput value) in trace.Inputs)
            builder.Add(new GraphNode(name, "Input") { OutputShapes = [value.Shape], Type = TypeOf(value.Type) });
        foreach (TracedCall call in trace.Calls)
        {
            builder.Add(new GraphNode(call.Name, call.Place.TypeName, call.Inputs)
            {
                OutputShapes = [.. call.Outputs.Select(output => output.Shape)],
                Type = call.Outputs.Length == 0 ? TensorType.Unknown : TypeOf(call.Outputs[0].Type),
                Attributes = AttributesOf(call),
            });
        }

        for (int i = 0; i < trace.Outputs.Count; i++)
        {
            (TracedOutput value, string[] sources) = trace.Outputs[i];
            string name = trace.Outputs.Count == 1 ? "output" : $"output/{i}";
            builder.Add(
                new GraphNode(name, "Output", sources) { OutputShapes = [value.Shape], Type = TypeOf(value.Type) });
        }

        return builder.Build();
    }

    private static Dictionary<string, AttributeValue> AttributesOf(TracedCall call)
    {
        var attributes = new Dictionary<string, AttributeValue>();
        if (call.Place.Path.Length > 0)
            attributes["module"] = call.Place.Path;
        long count = 0;
        foreach ((string name, Tensor parameter) in call.Place.OwnParameters)
        {
            attributes[name] = parameter.shape;
            count += parameter.NumberOfElements;
        }

        attributes["parameters"] = count;
        return attributes;
    }

    private static TensorType TypeOf(ScalarType type) => type switch
    {
        ScalarType.Float32 => TensorType.Single,
        ScalarType.Float64 => TensorType.Double,
        ScalarType.Float16 => TensorType.Half,
        ScalarType.BFloat16 => TensorType.BFloat16,
        ScalarType.Int64 => TensorType.Int64,
        ScalarType.Int32 => TensorType.Int32,
        ScalarType.Int16 => TensorType.Int16,
        ScalarType.Int8 => TensorType.SByte,
        ScalarType.Byte => TensorType.Byte,
        ScalarType.Bool => TensorType.Boolean,
        _ => TensorType.Unknown,
    };
}
