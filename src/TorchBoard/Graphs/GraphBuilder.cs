namespace TorchBoard.Graphs;

/// <summary>
/// Puts a graph together, node by node in any order: inputs may name nodes that come later. Not thread-safe.
/// </summary>
public sealed class GraphBuilder
{
    private readonly List<GraphNode> _nodes = [];
    private readonly HashSet<string> _names = [];

    /// <summary>Adds a node.</summary>
    /// <param name="node">The node.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// The name is none that a node may have, or another node's; or the op is empty, an input is malformed, or a shape
    /// has a size below -1.
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
            throw new ArgumentException($"Two nodes are named '{copy.Name}'; every name is wanted once.", nameof(node));
        _nodes.Add(copy);
        return this;
    }

    /// <summary>Adds a node of which nothing but its inputs is known.</summary>
    /// <param name="name">The name, no other node's; slashes nest it.</param>
    /// <param name="op">What it does, such as <c>Relu</c>.</param>
    /// <param name="inputs">Where its inputs come from, as <see cref="GraphNode"/> says.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">
    /// The name is none that a node may have, or another node's; or the op is empty or an input is malformed.
    /// </exception>
    public GraphBuilder Add(string name, string op, params IReadOnlyList<string> inputs) =>
        Add(new GraphNode(name, op, inputs));

    /// <summary>Checks the nodes together and makes the graph.</summary>
    /// <param name="allowCycles">Whether nodes may depend on themselves, as in graphs of loops; not by default.</param>
    /// <returns>The graph.</returns>
    /// <exception cref="InvalidOperationException">
    /// There is no node, an input names no node or an output that its node does not have, or there is a cycle. The
    /// message names the nodes.
    /// </exception>
    public Graph Build(bool allowCycles = false)
    {
        if (_nodes.Count == 0)
            throw new InvalidOperationException("The graph has no node; add at least one.");
        GraphNode[] nodes = [.. _nodes];
        GraphRules.ThrowIfDangling(nodes);
        if (!allowCycles)
            GraphRules.ThrowIfCyclic(nodes);
        return new Graph(nodes);
    }
}
