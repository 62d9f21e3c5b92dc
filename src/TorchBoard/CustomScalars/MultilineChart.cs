using System.Text.RegularExpressions;

namespace TorchBoard.CustomScalars;

/// <summary>A chart of several curves of one run, without separate sub-runs.</summary>
public sealed class MultilineChart : CustomChart
{
    /// <summary>Initializes a chart of curves selected by tag.</summary>
    /// <param name="title">The title of the chart.</param>
    /// <param name="tags">The exact tags; at least one.</param>
    /// <exception cref="ArgumentException">
    /// The title or a tag is null, empty or not valid Unicode, a tag contains "(", which the dashboard cannot draw, or
    /// there is no tag.
    /// </exception>
    public MultilineChart(string title, params IReadOnlyList<string> tags)
        : this(title, [.. ChartArguments.ThrowIfNone(tags, "tag", nameof(tags)).Select(Literal)], default)
    {
    }

    private MultilineChart(string title, string[] patterns, ValueTuple _)
        : base(title) =>
        Patterns = patterns;

    /// <summary>The regular expressions of the tags, as written for TensorBoard.</summary>
    public IReadOnlyList<string> Patterns { get; }

    /// <summary>Creates a chart of all curves whose tags match one of the patterns.</summary>
    /// <param name="title">The title of the chart.</param>
    /// <param name="patterns">
    /// Regular expressions in Python's syntax, matched from the start of the tag: <c>loss/.*</c>. At least one. The
    /// dashboard cannot draw curves whose tags contain "(".
    /// </param>
    /// <returns>The chart.</returns>
    /// <exception cref="ArgumentException">
    /// The title or a pattern is null, empty or not valid Unicode, a pattern is not a regular expression, or there is
    /// no pattern.
    /// </exception>
    public static MultilineChart Matching(string title, params IReadOnlyList<string> patterns)
    {
        string[] copy = [.. ChartArguments.ThrowIfNone(patterns, "pattern", nameof(patterns))];
        foreach (string pattern in copy)
        {
            Tag.ThrowIfNotText(pattern, nameof(patterns));
            try
            {
                _ = new Regex(pattern);
            }
            catch (RegexParseException e)
            {
                throw new ArgumentException(
                    $"'{pattern}' is not a regular expression: {e.Message}", nameof(patterns), e);
            }
        }

        return new MultilineChart(title, copy, default);
    }

    // TensorBoard anchors patterns at the start but not at the end.
    private static string Literal(string tag)
    {
        ChartArguments.ThrowIfNotDrawn(tag, "tags");
        return $"^{Regex.Escape(tag)}$";
    }
}
