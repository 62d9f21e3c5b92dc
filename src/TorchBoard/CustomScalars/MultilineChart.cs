using System.Text.RegularExpressions;

namespace TorchBoard.CustomScalars;

/// <summary>Several curves of a run in one chart, without runs of their own.</summary>
public sealed class MultilineChart : CustomChart
{
    /// <summary>Shows curves by their tags.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="tags">The tags, to the letter; at least one.</param>
    /// <exception cref="ArgumentException">
    /// Title or a tag is null, empty or no valid Unicode, a tag has a "(", with which the dashboard cannot draw it, or
    /// there is no tag.
    /// </exception>
    public MultilineChart(string title, params IReadOnlyList<string> tags)
        : this(title, [.. ChartArguments.ThrowIfNone(tags, "tag", nameof(tags)).Select(Literal)], default)
    {
    }

    private MultilineChart(string title, string[] patterns, ValueTuple _)
        : base(title) =>
        Patterns = patterns;

    /// <summary>The regular expressions of the tags, as TensorBoard gets them.</summary>
    public IReadOnlyList<string> Patterns { get; }

    /// <summary>Shows all curves whose tags match one of several patterns.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="patterns">
    /// Regular expressions, in Python's syntax, matched from the tag's start: <c>loss/.*</c>. At least one. The
    /// dashboard cannot draw curves whose tags have a "(".
    /// </param>
    /// <returns>The chart.</returns>
    /// <exception cref="ArgumentException">
    /// Title or a pattern is null, empty or no valid Unicode, a pattern is no regular expression, or there is none.
    /// </exception>
    public static MultilineChart Matching(string title, params IReadOnlyList<string> patterns)
    {
        string[] copy = [.. ChartArguments.ThrowIfNone(patterns, "pattern", nameof(patterns))];
        foreach (string pattern in copy)
        {
            Tag.ThrowIfInvalid(pattern, nameof(patterns));
            try
            {
                _ = new Regex(pattern);
            }
            catch (RegexParseException e)
            {
                throw new ArgumentException($"'{pattern}' is no regular expression: {e.Message}", nameof(patterns), e);
            }
        }

        return new MultilineChart(title, copy, default);
    }

    // TensorBoard matches from the start but not to the end.
    private static string Literal(string tag)
    {
        ChartArguments.ThrowIfNotDrawn(tag, "tags");
        return $"^{Regex.Escape(tag)}$";
    }
}
