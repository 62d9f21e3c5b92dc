using System.Text;
using System.Text.Json.Nodes;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace TorchBoard.Server.Http;

/// <summary>
/// Markdown as a tree of elements for the page: strings, and arrays of an element's name, its attributes and its
/// children. Only the elements and attributes here can occur; HTML in the text, except line breaks and code as
/// <c>AddTable</c> writes them, is text.
/// </summary>
internal static class MarkdownTree
{
    /// <summary>The maximum number of characters that are read; the rest is left out.</summary>
    public const int MostCharacters = 200_000;

    // Below, only the text is shown: deeper trees overflow the stacks of parsers and browsers.
    private const int MostDepth = 40;

    private static readonly MarkdownPipeline Pipeline = PipelineOf();

    /// <summary>Returns the tree of a text: an array of blocks.</summary>
    public static JsonArray Of(string markdown)
    {
        bool isCut = markdown.Length > MostCharacters;
        string text = isCut ? markdown[..MostCharacters] : markdown;
        JsonArray tree;
        try
        {
            tree = Blocks(Markdown.Parse(text, Pipeline), MostDepth);
        }
        catch (ArgumentException)
        {
            // Markdig refuses text that is nested too deeply.
            tree = new JsonArray(Element("pre", text));
        }

        if (isCut)
            tree.Add((JsonNode)Element("p", "…"));
        return tree;
    }

    private static MarkdownPipeline PipelineOf()
    {
        MarkdownPipelineBuilder builder = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras(
            Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough).UseAutoLinks();
        builder.BlockParsers.RemoveAll(parser => parser is HtmlBlockParser);
        return builder.Build();
    }

    private static JsonArray Blocks(IEnumerable<Block> blocks, int depth)
    {
        var tree = new JsonArray();
        foreach (Block block in blocks)
        {
            if (Of(block, depth) is { } element)
                tree.Add((JsonNode)element);
        }

        return tree;
    }

    private static JsonArray? Of(Block block, int depth)
    {
        if (depth == 0)
            return Element("p", TextOf(block));
        return block switch
        {
            HeadingBlock heading => ElementOf($"h{Math.Clamp(heading.Level, 1, 6)}", Inlines(heading.Inline, depth - 1)),
            ParagraphBlock paragraph => ElementOf("p", Inlines(paragraph.Inline, depth - 1)),
            CodeBlock code => Element("pre", Element("code", code.Lines.ToString())),
            QuoteBlock quote => ElementOf("blockquote", Blocks(quote, depth - 1)),
            ListBlock list => Of(list, depth - 1),
            ThematicBreakBlock => Element("hr"),
            Table table => Of(table, depth - 1),
            LinkReferenceDefinitionGroup or BlankLineBlock => null,
            ContainerBlock container => ElementOf("p", Blocks(container, depth - 1)),
            LeafBlock { Inline: { } inline } => ElementOf("p", Inlines(inline, depth - 1)),
            LeafBlock leaf => Element("p", leaf.Lines.ToString()),
            _ => null,
        };
    }

    private static JsonArray Of(ListBlock list, int depth)
    {
        JsonArray element = Element(list.IsOrdered ? "ol" : "ul");
        if (list.IsOrdered && int.TryParse(list.OrderedStart, out int start) && start != 1)
            element[1]!["start"] = start;
        foreach (Block item in list)
            element.Add((JsonNode)ElementOf("li", Blocks((ContainerBlock)item, depth)));
        return element;
    }

    private static JsonArray Of(Table table, int depth)
    {
        JsonArray head = Element("thead");
        JsonArray body = Element("tbody");
        foreach (TableRow row in table.OfType<TableRow>())
        {
            JsonArray cells = Element("tr");
            for (int i = 0; i < row.Count; i++)
            {
                JsonArray cell = ElementOf(row.IsHeader ? "th" : "td", CellOf((TableCell)row[i], depth));
                if (i < table.ColumnDefinitions.Count && table.ColumnDefinitions[i].Alignment is { } alignment)
                    cell[1]!["align"] = alignment.ToString().ToLowerInvariant();
                cells.Add((JsonNode)cell);
            }

            (row.IsHeader ? head : body).Add((JsonNode)cells);
        }

        return ElementOf("table", new JsonArray(head, body));
    }

    // A cell's only paragraph is its content.
    private static JsonArray CellOf(TableCell cell, int depth) =>
        cell is [ParagraphBlock only] ? Inlines(only.Inline, depth) : Blocks(cell, depth);

    private static JsonArray Inlines(ContainerInline? container, int depth)
    {
        var tree = new JsonArray();
        StringBuilder? code = null;
        foreach (Inline inline in container ?? [])
        {
            if (inline is HtmlInline { Tag: "<code>" } && code is null)
            {
                code = new StringBuilder();
            }
            else if (inline is HtmlInline { Tag: "</code>" } && code is not null)
            {
                tree.Add((JsonNode)Element("code", code.ToString()));
                code = null;
            }
            else if (code is not null)
            {
                code.Append(TextOf(inline));
            }
            else
            {
                AddTo(tree, Of(inline, depth));
            }
        }

        if (code is not null)
            AddTo(tree, "<code>" + code);
        return tree;
    }

    // Markdig splits text at every character that could have a special meaning.
    private static void AddTo(JsonArray tree, JsonNode node)
    {
        if (node is JsonValue && tree is [.., JsonValue last])
            tree[^1] = (string)last! + (string)node!;
        else
            tree.Add(node);
    }

    private static JsonNode Of(Inline inline, int depth)
    {
        if (depth == 0)
            return TextOf(inline);
        return inline switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => Element("code", code.Content),
            LineBreakInline { IsHard: true } => Element("br"),
            HtmlInline html when IsLineBreak(html.Tag) => Element("br"),
            EmphasisInline emphasis => ElementOf(NameOf(emphasis), Inlines(emphasis, depth - 1)),
            LinkInline { IsImage: false } link => Link(link.Url, Inlines(link, depth - 1)),
            AutolinkInline auto => Link(auto.IsEmail ? "mailto:" + auto.Url : auto.Url, new JsonArray(auto.Url)),
            _ => TextOf(inline),
        };
    }

    private static JsonArray Link(string? url, JsonArray content)
    {
        JsonArray element = ElementOf("a", content);
        if (IsHarmless(url))
            element[1]!["href"] = url;
        else
            element[0] = "span";
        return element;
    }

    // A relative link would lead to the page itself.
    private static bool IsHarmless(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed)
        && parsed.Scheme is "http" or "https" or "mailto"
        && url!.StartsWith(parsed.Scheme + ":", StringComparison.OrdinalIgnoreCase)
        && !url.Any(char.IsControl);

    private static string NameOf(EmphasisInline emphasis) => emphasis.DelimiterChar == '~' ? "del"
        : emphasis.DelimiterCount == 2 ? "strong"
        : "em";

    private static bool IsLineBreak(string tag) => tag is "<br>" or "<br/>" or "<br />";

    private static string TextOf(Block block) => block switch
    {
        ContainerBlock container => string.Join('\n', container.Descendants<LeafBlock>().Select(TextOf)),
        LeafBlock { Inline: { } inline } => TextOf(inline),
        LeafBlock leaf => leaf.Lines.ToString(),
        _ => "",
    };

    private static string TextOf(Inline inline)
    {
        if (inline is not ContainerInline container)
        {
            return inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                HtmlInline html => IsLineBreak(html.Tag) ? "\n" : html.Tag,
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                AutolinkInline auto => auto.Url,
                LineBreakInline => "\n",
                _ => "",
            };
        }

        // A loop rather than recursion, because emphasis can be nested as deeply as the text is long.
        var text = new StringBuilder();
        foreach (LeafInline leaf in container.Descendants<LeafInline>())
            text.Append(TextOf(leaf));
        return text.ToString();
    }

    private static JsonArray ElementOf(string name, JsonArray children)
    {
        var element = new JsonArray(name, new JsonObject());
        while (children is [{ } child, ..])
        {
            children.RemoveAt(0);
            element.Add(child);
        }

        return element;
    }

    private static JsonArray Element(string name) => new(name, new JsonObject());

    private static JsonArray Element(string name, JsonNode child) => new(name, new JsonObject(), child);
}
