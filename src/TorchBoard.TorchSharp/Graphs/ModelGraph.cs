using static TorchSharp.torch;

namespace TorchBoard.Graphs;

/// <summary>Converts a trace to a graph for TensorBoard.</summary>
internal static class ModelGraph
{
    public static Graph Of(ModelTrace trace)
    {
        var builder = new GraphBuilder();
        foreach ((string name, TracedOutput value) in trace.Inputs)
            builder.Add(new GraphNode(name, "Input") { OutputShapes = [value.Shape], Type = TypeOf(value.Type) });
        foreach (TracedCall call in trace.Calls)
        {
            IReadOnlyList<string> inputs = TransformerParts.Add(builder, call);
            builder.Add(new GraphNode(call.Name, call.IsJoin ? "Join" : call.Place.TypeName, inputs)
            {
                OutputShapes = [.. call.Outputs.Select(output => output.Shape)],
                Type = call.Outputs.Length == 0 ? TensorType.Unknown : TypeOf(call.Outputs[0].Type),
                Attributes = AttributesOf(call),
            });
        }

        for (int i = 0; i < trace.Outputs.Count; i++)
        {
            (TracedOutput value, TracedArgument origin) = trace.Outputs[i];
            string name = trace.Outputs.Count == 1 ? "output" : $"output/{i}";
            builder.Add(new GraphNode(name, "Output", [.. origin.Sources.Distinct()])
            {
                OutputShapes = [value.Shape],
                Type = TypeOf(value.Type),
                Attributes = AttributesOf(origin.WithoutGradient),
            });
        }

        return builder.Build();
    }

    private static Dictionary<string, AttributeValue> AttributesOf(TracedCall call)
    {
        Dictionary<string, AttributeValue> attributes =
            AttributesOf(call.Arguments.SelectMany(argument => argument.WithoutGradient));
        if (call.Place.Path.Length > 0)
            attributes["module"] = call.Place.Path;
        if (call.IsJoin)
            return attributes;
        long count = 0;
        foreach ((string name, Tensor parameter) in call.Place.OwnParameters)
        {
            attributes[name] = parameter.shape;
            count += parameter.NumberOfElements;
        }

        attributes["parameters"] = count;
        return attributes;
    }

    // The attribute shows readers where no gradient flows back.
    private static Dictionary<string, AttributeValue> AttributesOf(IEnumerable<string> withoutGradient)
    {
        string sources = string.Join(", ", withoutGradient.Distinct());
        return sources.Length == 0
            ? []
            : new Dictionary<string, AttributeValue> { ["without_gradient_from"] = sources };
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
