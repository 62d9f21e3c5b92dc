using System.Text.RegularExpressions;

namespace TorchBoard.Packaging.Tests.Documents;

/// <summary>A fenced block of a document.</summary>
/// <param name="Document">The document's path from the root of the checkout.</param>
/// <param name="Line">The number of the first line of code, from 1.</param>
/// <param name="Language">The word after the fence.</param>
/// <param name="Code">The content between the fences.</param>
/// <param name="NotCompiled">The reason why no test compiles it, from a comment before it.</param>
internal sealed partial record MarkdownBlock(
    string Document, int Line, string Language, string Code, string? NotCompiled)
{
    public static IEnumerable<MarkdownBlock> Of(string document)
    {
        string[] lines = Repository.Read(document).ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal))
                continue;
            int end = Array.IndexOf(lines, "```", i + 1);
            Match reason = Reason().Match(string.Join('\n', lines[Math.Max(0, i - 3)..i]));
            string code = string.Join('\n', lines[(i + 1)..end]);
            yield return new MarkdownBlock(
                document, i + 2, lines[i][3..], code, reason.Success ? reason.Groups[1].Value : null);
            i = end;
        }
    }

    /// <summary>All documents of the checkout.</summary>
    public static IEnumerable<MarkdownBlock> All() => Repository.Files("", "*.md").SelectMany(Of);

    [GeneratedRegex(@"<!-- not compiled by a test: (.+) -->\s*$")]
    private static partial Regex Reason();
}
