using System.Text;
using Google.Protobuf;
using Onnx = TorchBoard.Protos.Onnx;

namespace TorchBoard.Graphs;

/// <summary>
/// Reads the structure of ONNX models. An initializer becomes a <c>Const</c> in the scope of the nodes that use it, an
/// input a <c>Placeholder</c>, an output a separate node. The body of a loop or a condition is in its node's scope.
/// </summary>
internal sealed class OnnxGraph
{
    private const string ConstOp = "Const";
    private const string InputOp = "Placeholder";
    private const string OutputOp = "Output";

    // Models must declare operator sets from this IR version on; without them, the file is truncated.
    private const int IrVersionWithOpset = 3;

    private readonly GraphBuilder _builder = new();
    private readonly NodeNames _names = new();

    private OnnxGraph()
    {
    }

    public static Graph Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream file = File.OpenRead(path);
        return Read(file, $"'{path}'");
    }

    public static Graph Read(Stream onnx)
    {
        ArgumentNullException.ThrowIfNull(onnx);
        return Read(onnx, "The stream");
    }

    private static Graph Read(Stream stream, string name)
    {
        Onnx.ModelProto model;
        try
        {
            // Undeclared fields are skipped in the stream, so that weights are never loaded into memory.
            using var input = new CodedInputStream(stream, leaveOpen: true);
            model = Onnx.ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(input);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"{name} is not an ONNX model, or is truncated: {e.Message}", e);
        }

        if (model.IrVersion < 1 || model.Graph is not { Node.Count: > 0 } graph)
        {
            throw new InvalidDataException(
                $"{name} is not an ONNX model: it has no version or no nodes. Use an .onnx file.");
        }

        if (model.IrVersion >= IrVersionWithOpset && model.OpsetImport.Count == 0)
        {
            throw new InvalidDataException(
                $"{name} is truncated, or not an ONNX model: it does not declare its operator sets.");
        }

        try
        {
            var reader = new OnnxGraph();
            reader.AddAll(graph, "", []);
            return reader._builder.Build();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"{name} is an inconsistent ONNX model: {e.Message}", e);
        }
    }

    private void AddAll(Onnx.GraphProto graph, string scope, Dictionary<string, string> outer)
    {
        // A body can use the tensors around it, but its tensors are not visible outside.
        var sources = new Dictionary<string, string>(outer);
        Dictionary<string, Onnx.TypeProto?> types = TypesOf(graph);
        string[] nodeNames = [.. graph.Node.Select(node => _names.Of(scope, NameOf(node)))];
        Dictionary<string, string> scopes = ScopesOfUse(graph, nodeNames, scope);

        var initializers = graph.Initializer.Concat(graph.SparseInitializer.Select(sparse => Dense(sparse))).ToArray();
        foreach (Onnx.TensorProto initializer in initializers)
        {
            string name = _names.Of(scopes.GetValueOrDefault(initializer.Name, scope), initializer.Name);
            sources[initializer.Name] = name;
            _builder.Add(new GraphNode(name, ConstOp)
            {
                OutputShapes = [initializer.Dims.ToArray()],
                Type = ElementTypes.OfOnnx(initializer.DataType),
            });
        }

        HashSet<string> initialized = [.. initializers.Select(initializer => initializer.Name)];
        foreach (Onnx.ValueInfoProto input in graph.Input)
        {
            if (initialized.Contains(input.Name))
                continue;
            string name = sources[input.Name] = _names.Of(scope, input.Name);
            _builder.Add(
                new GraphNode(name, InputOp) { OutputShapes = [ShapeOf(input.Type)], Type = TypeOf(input.Type) });
        }

        for (int n = 0; n < nodeNames.Length; n++)
        {
            for (int output = 0; output < graph.Node[n].Output.Count; output++)
            {
                if (graph.Node[n].Output[output].Length > 0)
                    sources[graph.Node[n].Output[output]] = output == 0 ? nodeNames[n] : $"{nodeNames[n]}:{output}";
            }
        }

        for (int n = 0; n < nodeNames.Length; n++)
            Add(graph.Node[n], nodeNames[n], sources, types);

        foreach (Onnx.ValueInfoProto output in graph.Output)
        {
            // A body can output a tensor from outside, so an unknown source is not an error.
            string[] inputs = sources.TryGetValue(output.Name, out string? source) ? [source] : [];
            _builder.Add(new GraphNode(_names.Of(scope, output.Name), OutputOp, inputs)
            {
                OutputShapes = [ShapeOf(output.Type)],
                Type = TypeOf(output.Type),
            });
        }
    }

    private void Add(
        Onnx.NodeProto node, string name, Dictionary<string, string> sources, Dictionary<string, Onnx.TypeProto?> types)
    {
        var inputs = new List<string>();
        foreach (string input in node.Input.Where(input => input.Length > 0))
        {
            inputs.Add(sources.TryGetValue(input, out string? source)
                ? source
                : throw new InvalidOperationException(
                    $"The node '{name}' has the input '{input}', which no node produces."));
        }

        Onnx.TensorProto? constant =
            node.OpType == "Constant" ? node.Attribute.FirstOrDefault(a => a.Name == "value")?.T : null;
        Onnx.TypeProto?[] outputs = [.. node.Output.Select(output => types.GetValueOrDefault(output))];
        _builder.Add(new GraphNode(name, constant is null ? node.OpType : ConstOp, inputs)
        {
            OutputShapes = constant is null ? [.. outputs.Select(ShapeOf)] : [constant.Dims.ToArray()],
            Type = constant is null ? outputs.Select(TypeOf).FirstOrDefault() : ElementTypes.OfOnnx(constant.DataType),
            Attributes = AttributesOf(node),
        });

        foreach (Onnx.AttributeProto attribute in node.Attribute)
        {
            if (attribute.G is not null)
                AddAll(attribute.G, $"{name}/{NodeNames.Valid(attribute.Name)}", sources);
            for (int i = 0; i < attribute.Graphs.Count; i++)
                AddAll(attribute.Graphs[i], $"{name}/{NodeNames.Valid(attribute.Name)}_{i}", sources);
        }
    }

    private static string NameOf(Onnx.NodeProto node) => node.Name.Length > 0 ? node.Name : node.OpType;

    private static Onnx.TensorProto Dense(Onnx.SparseTensorProto sparse)
    {
        var dense = new Onnx.TensorProto { Name = sparse.Values?.Name ?? "", DataType = sparse.Values?.DataType ?? 0 };
        dense.Dims.AddRange(sparse.Dims);
        return dense;
    }

    // A tensor used by the nodes of one scope only is drawn in that scope.
    private static Dictionary<string, string> ScopesOfUse(Onnx.GraphProto graph, string[] nodeNames, string scope)
    {
        var scopes = new Dictionary<string, string>();
        for (int n = 0; n < nodeNames.Length; n++)
        {
            int end = nodeNames[n].LastIndexOf('/');
            string own = end < 0 ? "" : nodeNames[n][..end];
            foreach (string input in graph.Node[n].Input)
                scopes[input] = scopes.TryGetValue(input, out string? other) && other != own ? scope : own;
        }

        return scopes;
    }

    private static Dictionary<string, Onnx.TypeProto?> TypesOf(Onnx.GraphProto graph)
    {
        var types = new Dictionary<string, Onnx.TypeProto?>();
        foreach (Onnx.ValueInfoProto value in graph.ValueInfo.Concat(graph.Output))
            types[value.Name] = value.Type;
        return types;
    }

    private static IReadOnlyList<long>? ShapeOf(Onnx.TypeProto? type) => type?.TensorType?.Shape is { } shape
        ? [.. shape.Dim.Select(dim => dim.ValueCase == Onnx.TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue
            ? Math.Max(dim.DimValue, -1)
            : -1)]
        : null;

    private static TensorType TypeOf(Onnx.TypeProto? type) => ElementTypes.OfOnnx(type?.TensorType?.ElemType ?? 0);

    private static Dictionary<string, AttributeValue> AttributesOf(Onnx.NodeProto node)
    {
        var attributes = new Dictionary<string, AttributeValue>();
        foreach (Onnx.AttributeProto attribute in node.Attribute)
        {
            AttributeValue? value = attribute.Type switch
            {
                1 => (double)attribute.F,
                2 => attribute.I,
                3 => Text(attribute.S),
                4 when attribute.T is { } tensor => $"{ElementTypes.OfOnnx(tensor.DataType)}[{string.Join(", ", tensor.Dims)}]",
                6 => attribute.Floats.ToArray(),
                7 => attribute.Ints.ToArray(),
                8 => attribute.Strings.Select(Text).ToArray(),
                _ => null,
            };
            if (value is { } known)
                attributes[attribute.Name] = known;
        }

        if (node.Domain.Length > 0)
            attributes["domain"] = node.Domain;
        return attributes;
    }

    // Bytes that are not valid UTF-8 become replacement characters.
    private static string Text(ByteString bytes) => Encoding.UTF8.GetString(bytes.Span);
}
