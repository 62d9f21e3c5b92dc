using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard.Graphs;

/// <summary>
/// The nodes inside a libtorch transformer. It calls its layers internally, where no hook sees them, but always in the
/// same order: attention, sum and norm, two linear layers, sum and norm (Vaswani et al., "Attention Is All You Need",
/// 2017, section 3.1).
/// </summary>
internal sealed class TransformerParts
{
    // Users may have modules with the same names.
    private const string Libtorch = "TorchSharp.Modules";

    private readonly GraphBuilder _builder;
    private readonly TracedCall _call;
    private readonly NativePart[] _parts;

    private TransformerParts(GraphBuilder builder, TracedCall call)
    {
        _builder = builder;
        _call = call;
        _parts = NativePart.Of(call.Place);
    }

    /// <summary>
    /// Adds nodes for the parts of a call below its own node. Returns the inputs of that node: the last part, or the
    /// call's own inputs if the module is not a transformer.
    /// </summary>
    public static IReadOnlyList<string> Add(GraphBuilder builder, TracedCall call)
    {
        TracedArgument[] arguments = call.Arguments;
        var parts = new TransformerParts(builder, call);
        return call.Place.TypeName switch
        {
            _ when call.IsJoin || call.Place.Module.GetType().Namespace != Libtorch => call.Inputs,
            "TransformerEncoderLayer" => parts.EncoderLayer("", arguments[0].Sources, Rest(1)),
            "TransformerEncoder" => parts.Encoder("", arguments[0].Sources, Rest(1)),
            "TransformerDecoderLayer" when arguments.Length > 1 =>
                parts.DecoderLayer("", arguments[0].Sources, arguments[1].Sources, Rest(2)),
            "TransformerDecoder" when arguments.Length > 1 =>
                parts.Decoder("", arguments[0].Sources, arguments[1].Sources, Rest(2)),
            "Transformer" when arguments.Length > 1 => parts.Decoder(
                "decoder.", arguments[1].Sources, parts.Encoder("encoder.", arguments[0].Sources, Rest(2)), Rest(2)),
            _ => call.Inputs,
        };

        // Masks.
        IReadOnlyList<string> Rest(int start) => [.. arguments.Skip(start).SelectMany(argument => argument.Sources)];
    }

    private IReadOnlyList<string> Encoder(string prefix, IReadOnlyList<string> input, IReadOnlyList<string> masks) =>
        Norm(prefix, Layers(prefix).Aggregate(input, (from, layer) => EncoderLayer(layer, from, masks)));

    private IReadOnlyList<string> Decoder(
        string prefix, IReadOnlyList<string> input, IReadOnlyList<string> memory, IReadOnlyList<string> masks) =>
        Norm(prefix, Layers(prefix).Aggregate(input, (from, layer) => DecoderLayer(layer, from, memory, masks)));

    private IReadOnlyList<string> EncoderLayer(
        string prefix, IReadOnlyList<string> input, IReadOnlyList<string> masks)
    {
        IReadOnlyList<string> attention = Node($"{prefix}self_attn", input, masks);
        IReadOnlyList<string> norm = Node($"{prefix}norm1", input, attention);
        return Node($"{prefix}norm2", norm, FeedForward(prefix, norm));
    }

    private IReadOnlyList<string> DecoderLayer(
        string prefix, IReadOnlyList<string> input, IReadOnlyList<string> memory, IReadOnlyList<string> masks)
    {
        IReadOnlyList<string> attention = Node($"{prefix}self_attn", input, masks);
        IReadOnlyList<string> norm = Node($"{prefix}norm1", input, attention);
        IReadOnlyList<string> toMemory = Node($"{prefix}multihead_attn", norm, memory);
        IReadOnlyList<string> second = Node($"{prefix}norm2", norm, toMemory);
        return Node($"{prefix}norm3", second, FeedForward(prefix, second));
    }

    private IReadOnlyList<string> FeedForward(string prefix, IReadOnlyList<string> input) =>
        Node($"{prefix}linear2", Node($"{prefix}linear1", input, []), []);

    private IReadOnlyList<string> Norm(string prefix, IReadOnlyList<string> input) =>
        Array.Exists(_parts, part => part.Path == $"{prefix}norm") ? Node($"{prefix}norm", input, []) : input;

    private IEnumerable<string> Layers(string prefix) =>
        _parts.Where(part => part.Path.StartsWith($"{prefix}layers.", StringComparison.Ordinal)
                && part.Path.Count(letter => letter == '.') == prefix.Count(letter => letter == '.') + 1)
            .Select(part => $"{part.Path}.");

    private IReadOnlyList<string> Node(string path, IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        NativePart part = Array.Find(_parts, part => part.Path == path)!;
        string name = $"{_call.Name}/{path.Replace('.', '/')}";
        var attributes = new Dictionary<string, AttributeValue>
        {
            ["module"] = string.Join('.', new[] { _call.Place.Path, path }.Where(text => text.Length > 0)),
        };
        foreach ((string parameterName, Tensor parameter) in part.Parameters)
            attributes[parameterName] = parameter.shape;
        attributes["parameters"] = _parts
            .Where(inner => inner.Path == path || inner.Path.StartsWith($"{path}.", StringComparison.Ordinal))
            .Sum(inner => inner.Parameters.Sum(named => named.Parameter.NumberOfElements));
        _builder.Add(new GraphNode(name, part.TypeName(_parts), [.. first.Concat(second).Distinct()])
        {
            OutputShapes = ShapeOf(part) is { } shape ? [shape] : [],
            Attributes = attributes,
        });
        return [name];
    }

    // All parts have the shape of the output, except the first linear layer and the encoder of another sequence.
    private long[]? ShapeOf(NativePart part)
    {
        if (part.Path.StartsWith("encoder.", StringComparison.Ordinal))
            return null;
        long[] shape = _call.Outputs[0].Shape;
        return part.Path.EndsWith("linear1", StringComparison.Ordinal)
            ? [.. shape[..^1], part.Parameters[0].Parameter.shape[0]]
            : shape;
    }
}
