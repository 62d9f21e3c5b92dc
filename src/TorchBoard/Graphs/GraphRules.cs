using System.Buffers;
using System.Globalization;
using System.Text;

namespace TorchBoard.Graphs;

/// <summary>The rules for graphs that TensorBoard can show; its page stays blank for others.</summary>
internal static class GraphRules
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.";
    private static readonly SearchValues<char> First = SearchValues.Create(Letters);
    private static readonly SearchValues<char> Further = SearchValues.Create(Letters + "_-\\>/");

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static bool IsNameCharacter(char c) => Further.Contains(c);

    public static bool IsFirstCharacter(char c) => First.Contains(c);

    public static bool IsName(ReadOnlySpan<char> name) =>
        !name.IsEmpty && First.Contains(name[0]) && !name.ContainsAnyExcept(Further)
        && !name.Contains("//", StringComparison.Ordinal) && name[^1] != '/';

    public static void ThrowIfInvalid(GraphNode node, string argument)
    {
        if (!IsName(node.Name))
        {
            throw new ArgumentException(
                "A node name must consist of ASCII letters, digits and _ . - \\ > in parts separated by slashes, and "
                + $"start with a letter, a digit or a period; was '{node.Name}'.",
                argument);
        }

        if (string.IsNullOrEmpty(node.Op))
            throw new ArgumentException($"The op of the node '{node.Name}' must not be empty.", argument);
        foreach (string text in (string[])[node.Op, node.Device ?? "", .. node.Attributes.Keys])
            ThrowIfNotUnicode(node.Name, text, argument);
        foreach (string input in node.Inputs)
        {
            if (!NodeInput.TryParse(input, out _))
            {
                throw new ArgumentException(
                    $"Inputs of the node '{node.Name}' must be 'name', 'name:1' or '^name'; one was '{input}'.",
                    argument);
            }
        }

        foreach (IReadOnlyList<long>? shape in node.OutputShapes)
        {
            if (shape?.Any(size => size < -1) == true)
            {
                string sizes = string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)));
                throw new ArgumentException(
                    $"Output sizes of the node '{node.Name}' must be at least 0, or -1 if unknown; the shape was "
                    + $"[{sizes}].",
                    argument);
            }
        }
    }

    public static void ThrowIfDangling(GraphNode[] nodes)
    {
        Dictionary<string, GraphNode> byName = nodes.ToDictionary(node => node.Name);
        foreach (GraphNode node in nodes)
        {
            foreach (NodeInput input in node.Inputs.Select(NodeInput.Parse))
            {
                if (!byName.TryGetValue(input.Node, out GraphNode? source))
                {
                    throw new InvalidOperationException(
                        $"The node '{node.Name}' has the input '{input.Node}', but there is no such node.");
                }

                if (source.OutputShapes.Count > 0 && input.Output >= source.OutputShapes.Count)
                {
                    throw new InvalidOperationException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"The node '{node.Name}' has the input '{input.Node}:{input.Output}', but '{input.Node}' has "
                        + $"only {source.OutputShapes.Count} outputs, numbered from 0."));
                }
            }
        }
    }

    /// <summary>Throws if the inputs form a cycle; the message shows its nodes.</summary>
    public static void ThrowIfCyclic(GraphNode[] nodes)
    {
        Dictionary<string, GraphNode> byName = nodes.ToDictionary(node => node.Name);
        var done = new HashSet<string>();
        // No recursion: a chain can have any length.
        foreach (GraphNode start in nodes)
        {
            var path = new List<(GraphNode Node, int Next)>();
            var onPath = new HashSet<string>();
            Enter(start);
            while (path.Count > 0)
            {
                (GraphNode node, int next) = path[^1];
                if (next == node.Inputs.Count)
                {
                    done.Add(node.Name);
                    onPath.Remove(node.Name);
                    path.RemoveAt(path.Count - 1);
                    continue;
                }

                path[^1] = (node, next + 1);
                GraphNode source = byName[NodeInput.Parse(node.Inputs[next]).Node];
                if (onPath.Contains(source.Name))
                    throw Cyclic(source, [.. path.Select(step => step.Node.Name)]);
                Enter(source);
            }

            void Enter(GraphNode node)
            {
                if (done.Contains(node.Name))
                    return;
                path.Add((node, 0));
                onPath.Add(node.Name);
            }
        }
    }

    private static void ThrowIfNotUnicode(string node, string text, string argument)
    {
        try
        {
            StrictUtf8.GetByteCount(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException(
                $"The node '{node}' has text that is not valid Unicode: {e.Message}", argument, e);
        }
    }

    private static InvalidOperationException Cyclic(GraphNode node, string[] path)
    {
        const int most = 8;
        string[] cycle = [.. path[Array.IndexOf(path, node.Name)..], node.Name];
        string shown = cycle.Length <= most
            ? string.Join("' ← '", cycle)
            : string.Join("' ← '", cycle[..(most - 1)]) + $"' ← … ← '{node.Name}";
        return new InvalidOperationException(
            $"The graph has a cycle: '{shown}'. If the loop is intended, allow cycles.");
    }
}
