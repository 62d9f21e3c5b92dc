namespace TorchBoard.Graphs;

/// <summary>
/// Builds a graph from nodes in any order: inputs can refer to nodes that are added later. Not thread-safe.
/// </summary>
public sealed class GraphBuilder
{
    private readonly List<GraphNode> _nodes = [];
    private readonly HashSet<string> _names = [];

    /// <summary>Adds a node.</summary>
    /// <param name="node">The node.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// The name is invalid or already used, the op is empty, an input is malformed, or a shape has a size below -1.
    /// </exception>
    public GraphBuilder Add(GraphNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        GraphNode copy = node with
        {
            Inputs = [.. node.Inputs ?? []],
            OutputShapes = [.. (node.OutputShapes ?? []).Select(shape => shape?.ToArray())],
            Attributes =
                new Dictionary<string, AttributeValue>(node.Attributes ?? new Dictionary<string, AttributeValue>()),
        };
        GraphRules.ThrowIfInvalid(copy, nameof(node));
        if (!_names.Add(copy.Name))
            throw new ArgumentException($"Node names must be unique; '{copy.Name}' is already used.", nameof(node));
        _nodes.Add(copy);
        return this;
    }

    /// <summary>Adds a node with only an op and inputs.</summary>
    /// <param name="name">The unique name; slashes nest the node.</param>
    /// <param name="op">The operation, such as <c>Relu</c>.</param>
    /// <param name="inputs">The sources of the inputs; see <see cref="GraphNode"/> for the format.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// The name is invalid or already used, the op is empty, or an input is malformed.
    /// </exception>
    public GraphBuilder Add(string name, string op, params IReadOnlyList<string> inputs) =>
        Add(new GraphNode(name, op, inputs));

    /// <summary>Validates the nodes and creates the graph.</summary>
    /// <param name="allowCycles">Whether nodes can depend on themselves, as in loops; false by default.</param>
    /// <returns>The graph.</returns>
    /// <exception cref="InvalidOperationException">
    /// There is no node, an input refers to a node or an output that does not exist, or there is a cycle. The message
    /// names the nodes.
    /// </exception>
    public Graph Build(bool allowCycles = false)
    {
        if (_nodes.Count == 0)
            throw new InvalidOperationException("The graph must have at least one node.");
        GraphNode[] nodes = [.. _nodes];
        GraphRules.ThrowIfDangling(nodes);
        if (!allowCycles)
            GraphRules.ThrowIfCyclic(nodes);
        return new Graph(nodes);
    }
}
