using Google.Protobuf;
using TorchBoard.Graphs;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>Graphs and their execution statistics, in the forms of the Graphs dashboard.</summary>
internal static class GraphSummary
{
    /// <summary>The tag that readers give to the graph of a run.</summary>
    public const string GraphTag = "__run_graph__";

    private const string KerasVersion = "1";
    private const string ShapesAttribute = "_output_shapes";
    private const string TypeAttribute = "dtype";

    public static GraphDef Of(Graph graph)
    {
        var message = new GraphDef();
        foreach (GraphNode node in graph.Nodes)
        {
            var nodeDef =
                new NodeDef { Name = node.Name, Op = node.Op, Device = node.Device ?? "", Input = { node.Inputs } };
            foreach ((string name, AttributeValue value) in node.Attributes)
                nodeDef.Attr[name] = value.ToAttrValue();
            if (node.OutputShapes.Count > 0)
            {
                var shapes = new AttrValue.Types.ListValue { Shape = { node.OutputShapes.Select(ShapeOf) } };
                nodeDef.Attr[ShapesAttribute] = new AttrValue { List = shapes };
            }

            if (node.Type != TensorType.Unknown)
                nodeDef.Attr[TypeAttribute] = new AttrValue { Type = (DataType)node.Type };
            message.Node.Add(nodeDef);
        }

        return message;
    }

    /// <summary>Decodes the nodes of a graph by any writer.</summary>
    public static IReadOnlyList<GraphNode> NodesOf(GraphDef graph) => [.. graph.Node.Select(NodeOf)];

    public static RunMetadata Of(IEnumerable<NodeStatistics> statistics)
    {
        var steps = new StepStats();
        foreach (IGrouping<string, NodeStatistics> device in statistics.GroupBy(node => node.Device))
        {
            steps.DevStats.Add(
                new DeviceStepStats { Device = device.Key, NodeStats = { device.Select(node => StatsOf(node)) } });
        }

        return new RunMetadata { StepStats = steps };
    }

    /// <summary>Decodes execution statistics by any writer; a node that was run several times has several.</summary>
    /// <exception cref="InvalidProtocolBufferException">The message is malformed.</exception>
    public static IReadOnlyList<NodeStatistics> StatisticsOf(ReadOnlySpan<byte> runMetadata) =>
    [
        .. from device in RunMetadata.Parser.ParseFrom(runMetadata).StepStats?.DevStats ?? []
           from node in device.NodeStats
           select StatisticsOf(node, device.Device),
    ];

    public static Summary OfKeras(string tag, ByteString json) => new()
    {
        Value =
        {
            new Summary.Types.Value
            {
                Tag = tag,
                Tensor = new TensorProto
                {
                    Dtype = DataType.DtString, TensorShape = new TensorShapeProto(), StringVal = { json },
                },
                Metadata = PluginMetadata.Of(PluginTable.KerasModels, ByteString.CopyFromUtf8(KerasVersion)),
            },
        },
    };

    private static GraphNode NodeOf(NodeDef node) => new(node.Name, node.Op, [.. node.Input])
    {
        Device = node.Device,
        Type = node.Attr.TryGetValue(TypeAttribute, out AttrValue? type) ? (TensorType)type.Type : TensorType.Unknown,
        OutputShapes = node.Attr.TryGetValue(ShapesAttribute, out AttrValue? shapes) && shapes.List is { } list
            ? [.. list.Shape.Select(SizesOf)]
            : [],
        Attributes = node.Attr
            .Where(attribute => attribute.Key is not (TypeAttribute or ShapesAttribute))
            .ToDictionary(
                attribute => attribute.Key, attribute => AttributeValue.Of(attribute.Value), StringComparer.Ordinal),
    };

    private static IReadOnlyList<long>? SizesOf(TensorShapeProto shape) =>
        shape.UnknownRank ? null : [.. shape.Dim.Select(dim => dim.Size)];

    private static NodeExecStats StatsOf(NodeStatistics node)
    {
        long micros = (long)Math.Ceiling(node.ComputeTime.TotalMicroseconds);
        var stats = new NodeExecStats
        {
            NodeName = node.Node,
            AllStartMicros = (long)node.Start.TotalMicroseconds,
            OpEndRelMicros = micros,
            AllEndRelMicros = micros,
        };
        if (node.MemoryBytes > 0)
        {
            stats.Memory.Add(new AllocatorMemoryUsed
            {
                AllocatorName = node.Device,
                TotalBytes = node.MemoryBytes,
                PeakBytes = node.MemoryBytes,
            });
        }

        for (int slot = 0; slot < node.OutputShapes.Count; slot++)
        {
            stats.Output.Add(new NodeOutput
            {
                Slot = slot,
                TensorDescription = new TensorDescription { Shape = ShapeOf(node.OutputShapes[slot]) },
            });
        }

        return stats;
    }

    // Other writers may have clocks that jump.
    private static NodeStatistics StatisticsOf(NodeExecStats node, string device) => new(
        node.NodeName,
        TimeOf(Math.Max(node.OpEndRelMicros - node.OpStartRelMicros, 0)),
        node.Memory.Sum(memory => (double)memory.TotalBytes) is var bytes and >= 0 and < long.MaxValue ? (long)bytes : 0)
    {
        Device = device,
        Start = TimeOf(node.AllStartMicros),
        OutputShapes =
        [
            .. node.Output.OrderBy(output => output.Slot)
                .Select(output => SizesOf(output.TensorDescription?.Shape ?? new TensorShapeProto()) ?? []),
        ],
    };

    private static TimeSpan TimeOf(long micros) =>
        new(Math.Clamp(micros, 0, TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond) * TimeSpan.TicksPerMicrosecond);

    private static TensorShapeProto ShapeOf(IReadOnlyList<long>? shape) => shape is null
        ? new TensorShapeProto { UnknownRank = true }
        : new TensorShapeProto { Dim = { shape.Select(size => new TensorShapeProto.Types.Dim { Size = size }) } };
}
