using TorchBoard.Protos;

namespace TorchBoard.Tool.Checking;

/// <summary>Checks that the Graphs dashboard can draw a graph.</summary>
internal static class GraphCheck
{
    public static void Check(GraphDef graph, Place at)
    {
        if (graph.Node.Count == 0)
            at.Error("the graph has no nodes");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (NodeDef node in graph.Node)
        {
            if (node.Name.Length == 0)
                at.Error("a node of the graph has no name; TensorBoard's page stays blank");
            else if (!names.Add(node.Name))
                at.Warning($"the graph has several nodes named '{node.Name}'; TensorBoard shows one of them");
        }

        int missing = 0;
        (string Node, string Input) first = default;
        foreach (NodeDef node in graph.Node)
        {
            foreach (string input in node.Input)
            {
                if (!names.Contains(SourceOf(input)) && missing++ == 0)
                    first = (node.Name, input);
            }
        }

        if (missing > 0)
        {
            string more = missing > 1 ? $" ({missing} such inputs)" : "";
            at.Warning(
                $"the graph has an edge from nowhere, which TensorBoard does not draw: there is no node for the input "
                + $"'{first.Input}' of '{first.Node}'{more}");
        }
    }

    // "name", "name:1" or "^name".
    private static string SourceOf(string input)
    {
        ReadOnlySpan<char> name = input.AsSpan().TrimStart('^');
        int colon = name.LastIndexOf(':');
        bool hasOutput = colon >= 0 && !name[(colon + 1)..].ContainsAnyExceptInRange('0', '9');
        return (hasOutput ? name[..colon] : name).ToString();
    }
}
