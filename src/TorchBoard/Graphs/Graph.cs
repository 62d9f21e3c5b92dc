namespace TorchBoard.Graphs;

/// <summary>
/// A computation graph that TensorBoard shows. Every name is valid and unique, and every input refers to a node.
/// Created by <see cref="GraphBuilder"/> or read from an ONNX file. Immutable.
/// </summary>
public sealed class Graph
{
    internal Graph(IReadOnlyList<GraphNode> nodes) => Nodes = nodes;

    /// <summary>The nodes in the order they were added.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }
}
