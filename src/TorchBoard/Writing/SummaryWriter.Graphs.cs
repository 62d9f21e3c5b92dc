using System.Text;
using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Graphs;
using TorchBoard.Plugins;
using TorchBoard.Protos;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>Roughly what a node takes in memory, with its name and attributes.</summary>
    private const long BytesOfNode = 512;

    /// <summary>Adds the run's graph to the Graphs dashboard. Of several, TensorBoard shows the last.</summary>
    /// <param name="graph">The graph, made by a <see cref="GraphBuilder"/> or read from an ONNX file.</param>
    /// <param name="wallTime">When it was had; now by default.</param>
    /// <exception cref="ArgumentNullException">The graph is null.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddGraph(Graph graph, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        _run.TakeGraph();
        double seconds = WallTimeOr(wallTime);
        _run.Queue.Append(new DeferredEvent(
            () => new Event { WallTime = seconds, GraphDef = GraphSummary.Of(graph).ToByteString() },
            BytesOfNode * graph.Nodes.Count));
    }

    /// <summary>
    /// Adds the structure of an ONNX file to the Graphs dashboard: its nodes, inputs, outputs and the shapes and types
    /// of its weights, but none of the weights themselves.
    /// </summary>
    /// <param name="path">The <c>.onnx</c> file. It is read during the call; weights are skipped, not loaded.</param>
    /// <param name="wallTime">When it was had; now by default.</param>
    /// <exception cref="InvalidDataException">The file is no ONNX model, is cut off, or contradicts itself.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddOnnxGraph(string path, DateTimeOffset? wallTime = null) => AddGraph(OnnxGraph.Read(path), wallTime);

    /// <inheritdoc cref="AddOnnxGraph(string, DateTimeOffset?)"/>
    /// <param name="onnx">The bytes of an <c>.onnx</c> file, read to the end; left open.</param>
    /// <param name="wallTime">When it was had; now by default.</param>
    public void AddOnnxGraph(Stream onnx, DateTimeOffset? wallTime = null) => AddGraph(OnnxGraph.Read(onnx), wallTime);

    /// <summary>
    /// Adds what running the graph once took, node by node: the Graphs dashboard colors it by compute time or memory.
    /// </summary>
    /// <param name="tag">What it is listed as, such as <c>step 100</c>; each time another one.</param>
    /// <param name="statistics">
    /// The nodes, at least one. Of a node named several times, the times and bytes add up.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="wallTime">When it was had; now by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, there is no node, a node has no name, or a time, a number of bytes
    /// or a size is negative.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddRunMetadata(
        string tag, IReadOnlyList<NodeStatistics> statistics, long step, DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        ArgumentNullException.ThrowIfNull(statistics);
        NodeStatistics[] copy = [.. statistics.Select(node => Copy(node, nameof(statistics)))];
        if (copy.Length == 0)
            throw new ArgumentException("At least one node is wanted; there are none.", nameof(statistics));
        double seconds = WallTimeOr(wallTime);
        _run.Queue.Append(new DeferredEvent(
            () => new Event
            {
                WallTime = seconds,
                Step = step,
                TaggedRunMetadata =
                    new TaggedRunMetadata { Tag = tag, RunMetadata = GraphSummary.Of(copy).ToByteString() },
            },
            BytesOfNode * copy.Length));
    }

    /// <summary>Adds a model's layers to the Graphs dashboard, as its conceptual graph.</summary>
    /// <param name="tag">What it is listed as, such as <c>model</c>.</param>
    /// <param name="layers">The layers, at least one, in any order.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="modelName">The name of the box around all layers; <c>model</c> by default.</param>
    /// <param name="wallTime">When it was had; now by default.</param>
    /// <remarks>
    /// Where the writer has added no graph yet, the layers are added as the run's graph too: a run with a conceptual
    /// graph alone opens with an error.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, there is no layer, a name is none that a node may have or is used
    /// twice, a class name is empty or not ASCII, an input is no layer, or a layer depends on itself.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddConceptualGraph(
        string tag, IReadOnlyList<ModelLayer> layers, long step, string modelName = "model",
        DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        ArgumentNullException.ThrowIfNull(layers);
        if (!GraphRules.IsName(modelName))
            throw new ArgumentException(
                $"'{modelName}' is no name of a model; it has the rules of a node's.", nameof(modelName));
        if (layers.Contains(null))
            throw new ArgumentException("One of the layers is null.", nameof(layers));
        ModelLayer[] copy = [.. layers.Select(layer => layer with { Inputs = [.. layer.Inputs ?? []] })];
        Graph graph = GraphOf(copy, nameof(layers));
        if (_run.TakeGraph())
            AddGraph(graph, wallTime);
        Append(
            () => GraphSummary.OfKeras(tag, UnsafeByteOperations.UnsafeWrap(KerasModel.Of(modelName, copy))),
            BytesOfNode * copy.Length, step, wallTime);
    }

    /// <summary>Adds a Keras model to the Graphs dashboard, as its conceptual graph.</summary>
    /// <param name="tag">What it is listed as, such as <c>model</c>.</param>
    /// <param name="json">The model as Keras describes it, by <c>model.to_json()</c>.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="wallTime">When it was had; now by default.</param>
    /// <remarks>Add the run's graph too: a run with a conceptual graph alone opens with an error.</remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, or the text is no Keras model.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddKerasModel(string tag, string json, long step, DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        ArgumentNullException.ThrowIfNull(json);
        Tag.ThrowIfNotUnicode(json, nameof(json));
        KerasModel.ThrowIfInvalid(json, nameof(json));
        Append(
            () => GraphSummary.OfKeras(tag, ByteString.CopyFromUtf8(json)), (long)sizeof(char) * json.Length, step,
            wallTime);
    }

    private static NodeStatistics Copy(NodeStatistics node, string argument)
    {
        if (node is null)
            throw new ArgumentException("One of the statistics is null.", argument);
        if (string.IsNullOrEmpty(node.Node))
            throw new ArgumentException("Statistics have no node's name.", argument);
        bool negative = node.ComputeTime < TimeSpan.Zero || node.MemoryBytes < 0 || node.Start < TimeSpan.Zero
            || node.OutputShapes.Any(shape => shape.Any(size => size < 0));
        if (negative)
        {
            throw new ArgumentException(
                $"The statistics of '{node.Node}' have a negative time, number of bytes or size: {node.ComputeTime} "
                    + "from "
                + $"{node.Start}, {node.MemoryBytes} bytes.",
                argument);
        }

        Tag.ThrowIfNotUnicode(node.Node, argument);
        Tag.ThrowIfNotUnicode(node.Device, argument);
        return node with { OutputShapes = [.. node.OutputShapes.Select(shape => shape.ToArray())] };
    }

    private static Graph GraphOf(ModelLayer[] layers, string argument)
    {
        try
        {
            var builder = new GraphBuilder();
            foreach (ModelLayer layer in layers)
            {
                if (!Ascii.IsValid(layer.ClassName ?? ""))
                    throw new ArgumentException(
                        $"The class name '{layer.ClassName}' of '{layer.Name}' is not ASCII.", argument);
                if (layer.Inputs.FirstOrDefault(input => !GraphRules.IsName(input)) is { } wrong)
                    throw new ArgumentException(
                        $"'{wrong}' is no name of a layer, as an input of '{layer.Name}'.", argument);
                builder.Add(new GraphNode(layer.Name, layer.ClassName ?? "", layer.Inputs) { Type = layer.Type });
            }

            return builder.Build();
        }
        catch (Exception e) when (e is InvalidOperationException || (e as ArgumentException)?.ParamName != argument)
        {
            throw new ArgumentException(e.Message, argument, e);
        }
    }
}
