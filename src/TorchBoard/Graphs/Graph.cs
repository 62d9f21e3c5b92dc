namespace TorchBoard.Graphs;

/// <summary>
/// A graph that was checked: every name is valid and unique, every input is a node's. Made by
/// <see cref="GraphBuilder"/> or read from an ONNX file. Immutable.
/// </summary>
public sealed class Graph
{
    internal Graph(IReadOnlyList<GraphNode> nodes) => Nodes = nodes;

    /// <summary>The nodes, in the order in which they were added.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }
}
