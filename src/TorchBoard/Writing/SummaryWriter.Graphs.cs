using System.Text;
using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Graphs;
using TorchBoard.Plugins;
using TorchBoard.Protos;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>The approximate size of a node in memory, with its name and attributes.</summary>
    private const long BytesOfNode = 512;

    /// <summary>
    /// Adds the run's graph to the Graphs dashboard. If there are several, TensorBoard shows the last.
    /// </summary>
    /// <param name="graph">The graph, built by a <see cref="GraphBuilder"/> or read from an ONNX file.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <exception cref="ArgumentNullException">The graph is null.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddGraph(Graph graph, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Claim(GraphSummary.GraphTag, PluginTable.Graphs);
        _run.TakeGraph();
        double seconds = WallTimeOr(wallTime);
        _run.Queue.Append(new DeferredEvent(
            () => new Event { WallTime = seconds, GraphDef = GraphSummary.Of(graph).ToByteString() },
            BytesOfNode * graph.Nodes.Count));
    }

    /// <summary>
    /// Adds the structure of an ONNX file to the Graphs dashboard: its nodes, inputs, outputs and the shapes and types
    /// of its weights, without the weights themselves.
    /// </summary>
    /// <param name="path">The <c>.onnx</c> file. It is read during the call; weights are skipped.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <exception cref="InvalidDataException">
    /// The file is not an ONNX model, is truncated or is inconsistent.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddOnnxGraph(string path, DateTimeOffset? wallTime = null) => AddGraph(OnnxGraph.Read(path), wallTime);

    /// <inheritdoc cref="AddOnnxGraph(string, DateTimeOffset?)"/>
    /// <param name="onnx">The bytes of an <c>.onnx</c> file, read to the end; the stream stays open.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    public void AddOnnxGraph(Stream onnx, DateTimeOffset? wallTime = null) => AddGraph(OnnxGraph.Read(onnx), wallTime);

    /// <summary>
    /// Adds the cost of one execution of the graph, node by node. The Graphs dashboard colors nodes by compute time or
    /// memory.
    /// </summary>
    /// <param name="tag">The name in the list of executions, such as <c>step 100</c>; unique for each call.</param>
    /// <param name="statistics">
    /// The nodes, at least one. Times and bytes of a node named several times are added up.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; there are no nodes; a node has no
    /// name; or a time, a number of bytes or a size is negative.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddRunMetadata(
        string tag, IReadOnlyList<NodeStatistics> statistics, long step, DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        ArgumentNullException.ThrowIfNull(statistics);
        NodeStatistics[] copy = [.. statistics.Select(node => Copy(node, nameof(statistics)))];
        if (copy.Length == 0)
            throw new ArgumentException("At least one node is required; there are none.", nameof(statistics));
        Claim(tag, PluginTable.RunMetadata);
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

    /// <summary>
    /// Adds the cost of one run of an ONNX Runtime session, node by node, from its profile; see
    /// <see cref="AddRunMetadata"/>.
    /// </summary>
    /// <param name="tag">The name in the list of executions, such as <c>session</c>; unique for each call.</param>
    /// <param name="path">
    /// The file that <c>InferenceSession.EndProfiling</c> returns. It is read during the call. Of several runs, the one of
    /// median duration counts.
    /// </param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <remarks>
    /// A session fuses nodes, and then its profile has other nodes than its file. Add the graph that it really runs:
    /// <see cref="AddOnnxGraph(string, DateTimeOffset?)"/> of <c>SessionOptions.OptimizedModelFilePath</c>. Nodes without a
    /// name are not shown. One thread must run the session.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; or the path is null or empty.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// The file is not a profile, is truncated, or has no times of nodes.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddOnnxProfile(string tag, string path, long step, DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        AddRunMetadata(tag, OnnxProfile.Read(path), step, wallTime);
    }

    /// <summary>Adds a model's layers to the Graphs dashboard, as its conceptual graph.</summary>
    /// <param name="tag">The name in the list of graphs, such as <c>model</c>.</param>
    /// <param name="layers">The layers, at least one, in any order.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="modelName">The name of the box around all layers; <c>model</c> by default.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <remarks>
    /// If the writer has not added a graph yet, the layers are also added as the run's graph, because TensorBoard
    /// reports an error for a run that has only a conceptual graph.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; there are no layers; a name is not a
    /// valid node name or is used twice; a class name is empty or not ASCII; an input is not a layer; or a layer
    /// depends on itself.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddConceptualGraph(
        string tag, IReadOnlyList<ModelLayer> layers, long step, string modelName = "model",
        DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        ArgumentNullException.ThrowIfNull(layers);
        if (!GraphRules.IsName(modelName))
        {
            throw new ArgumentException(
                $"'{modelName}' is not a valid model name; it must follow the rules of node names.", nameof(modelName));
        }

        if (layers.Contains(null))
            throw new ArgumentException("One of the layers is null.", nameof(layers));
        ModelLayer[] copy = [.. layers.Select(layer => layer with { Inputs = [.. layer.Inputs ?? []] })];
        Graph graph = GraphOf(copy, nameof(layers));
        Claim(tag, PluginTable.KerasModels);
        if (_run.TakeGraph())
            AddGraph(graph, wallTime);
        Append(
            () => GraphSummary.OfKeras(tag, UnsafeByteOperations.UnsafeWrap(KerasModel.Of(modelName, copy))),
            BytesOfNode * copy.Length, step, wallTime);
    }

    /// <summary>Adds a Keras model to the Graphs dashboard, as its conceptual graph.</summary>
    /// <param name="tag">The name in the list of graphs, such as <c>model</c>.</param>
    /// <param name="json">The output of Keras' <c>model.to_json()</c>.</param>
    /// <param name="step">The step; any 64-bit integer.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <remarks>
    /// Add the run's graph too: TensorBoard reports an error for a run that has only a conceptual graph.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind; or the text is not a Keras model.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddKerasModel(string tag, string json, long step, DateTimeOffset? wallTime = null)
    {
        Tag.ThrowIfInvalid(tag);
        ArgumentNullException.ThrowIfNull(json);
        Tag.ThrowIfNotUnicode(json, nameof(json));
        KerasModel.ThrowIfInvalid(json, nameof(json));
        Claim(tag, PluginTable.KerasModels);
        Append(
            () => GraphSummary.OfKeras(tag, ByteString.CopyFromUtf8(json)), (long)sizeof(char) * json.Length, step,
            wallTime);
    }

    private static NodeStatistics Copy(NodeStatistics node, string argument)
    {
        if (node is null)
            throw new ArgumentException("One of the statistics is null.", argument);
        if (string.IsNullOrEmpty(node.Node))
            throw new ArgumentException("One of the statistics has no node name.", argument);
        bool negative = node.ComputeTime < TimeSpan.Zero || node.MemoryBytes < 0 || node.Start < TimeSpan.Zero
            || node.OutputShapes.Any(shape => shape.Any(size => size < 0));
        if (negative)
        {
            throw new ArgumentException(
                $"The statistics of '{node.Node}' have a negative time, number of bytes or size: {node.ComputeTime} "
                + $"from {node.Start}, {node.MemoryBytes} bytes.",
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
                {
                    throw new ArgumentException(
                        $"The class name '{layer.ClassName}' of '{layer.Name}' is not ASCII.", argument);
                }

                if (layer.Inputs.FirstOrDefault(input => !GraphRules.IsName(input)) is { } wrong)
                {
                    throw new ArgumentException(
                        $"The input '{wrong}' of '{layer.Name}' is not a valid layer name.", argument);
                }

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
