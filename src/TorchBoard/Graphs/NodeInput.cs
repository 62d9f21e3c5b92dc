using System.Globalization;

namespace TorchBoard.Graphs;

/// <summary>A parsed input of a node: <c>name</c>, <c>name:1</c> or <c>^name</c>.</summary>
internal readonly record struct NodeInput(string Node, int Output)
{
    public static bool TryParse(string? text, out NodeInput input)
    {
        input = default;
        if (string.IsNullOrEmpty(text))
            return false;
        bool isControl = text[0] == '^';
        int colon = text.LastIndexOf(':');
        int output = 0;
        if (colon >= 0
            && (isControl
                || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out output)))
        {
            return false;
        }

        string node = text[(isControl ? 1 : 0)..(colon < 0 ? text.Length : colon)];
        input = new NodeInput(node, output);
        return GraphRules.IsName(node);
    }

    public static NodeInput Parse(string text) =>
        TryParse(text, out NodeInput input) ? input : throw new FormatException($"'{text}' is not a valid node input.");
}
