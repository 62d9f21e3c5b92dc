using System.Buffers;
using System.Globalization;
using System.Text;

namespace TorchBoard.Graphs;

/// <summary>What TensorBoard's page takes of a graph; anything else leaves it blank.</summary>
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
                $"'{node.Name}' is no name of a node: letters of ASCII, digits and _ . - \\ > are wanted, in parts "
                    + "separated "
                + "by slashes, and first a letter, a digit or a point.",
                argument);
        }

        if (string.IsNullOrEmpty(node.Op))
            throw new ArgumentException($"The node '{node.Name}' has no op; say what it does.", argument);
        foreach (string text in (string[])[node.Op, node.Device ?? "", .. node.Attributes.Keys])
            ThrowIfNotUnicode(node.Name, text, argument);
        foreach (string input in node.Inputs)
        {
            if (!NodeInput.TryParse(input, out _))
            {
                throw new ArgumentException(
                    $"'{input}' is no input of the node '{node.Name}': 'name', 'name:1' or '^name' is wanted.",
                    argument);
            }
        }

        foreach (IReadOnlyList<long>? shape in node.OutputShapes)
        {
            if (shape?.Any(size => size < -1) == true)
            {
                string sizes = string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)));
                throw new ArgumentException(
                    $"The node '{node.Name}' has an output of the shape [{sizes}]; sizes of at least 0 are "
                    + "wanted, or -1 where one is not known.",
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
                    throw new InvalidOperationException(
                        $"The node '{node.Name}' has the input '{input.Node}', which is no node.");
                if (source.OutputShapes.Count > 0 && input.Output >= source.OutputShapes.Count)
                {
                    throw new InvalidOperationException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"The node '{node.Name}' has the input '{input.Node}:{input.Output}', but '{input.Node}' has "
                        + $"only {source.OutputShapes.Count} outputs, counted from 0."));
                }
            }
        }
    }

    /// <summary>Throws where following inputs leads back, and says along which nodes.</summary>
    public static void ThrowIfCyclic(GraphNode[] nodes)
    {
        Dictionary<string, GraphNode> byName = nodes.ToDictionary(node => node.Name);
        var done = new HashSet<string>();
        // No recursion: a chain may have any length.
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
                $"The node '{node}' has a text that is no valid Unicode: {e.Message}", argument, e);
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
            $"The graph has a cycle: '{shown}'. Where it is a loop that is meant, allow cycles.");
    }
}
