using System.Text.Json.Nodes;

namespace TorchBoard.Server.Http.Kinds;

/// <summary>Text: <c>/api/texts</c> lists it, <c>/api/text</c> is that of one step.</summary>
internal static class Texts
{
    // The maximum for a table of strings, in which each cell is separate Markdown.
    private const int MostCells = 10_000;

    public static ApiAnswer List(ApiRequest request) => ApiAnswer.Of(
        KindValues<Length>.Of(
            request, TagKind.Text, series => series.ReadText(), text => new Length(text.Strings.ToArray().Sum(s => s.Length))),
        KindJson.Default.KindValuesLength);

    public static ApiAnswer One(ApiRequest request) => ApiAnswer.Of(
        new Tree(TreeOf(OneValue.Of(request, TagKind.Text, (series, step) => series.ReadText(step: step)))),
        KindJson.Default.Tree);

    private static JsonArray TreeOf(TextValue text)
    {
        if (text.Shape.Length == 0)
            return MarkdownTree.Of(text.Strings[0]);

        // As TensorBoard does: a list of strings is a table of one column.
        int columns = text.Shape.Length > 1 ? Math.Max(text.Shape[^1], 1) : 1;
        var body = new JsonArray("tbody", new JsonObject());
        int budget = MarkdownTree.MostCharacters;
        foreach (string[] row in text.Strings.ToArray().Take(MostCells).Chunk(columns))
        {
            var cells = new JsonArray("tr", new JsonObject());
            foreach (string cell in row)
            {
                var content = new JsonArray("td", new JsonObject());
                foreach (JsonNode? block in MarkdownTree.Of(budget > 0 ? cell : "…"))
                    content.Add(block!.DeepClone());
                budget -= cell.Length;
                cells.Add((JsonNode)content);
            }

            body.Add((JsonNode)cells);
        }

        return new JsonArray(new JsonArray("table", new JsonObject(), body));
    }

    /// <param name="Characters">The number of characters.</param>
    internal sealed record Length(int Characters);

    /// <param name="Blocks">The tree of <see cref="MarkdownTree"/>.</param>
    internal sealed record Tree(JsonArray Blocks);
}
