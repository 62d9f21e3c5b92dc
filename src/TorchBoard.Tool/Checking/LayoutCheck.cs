using System.Text.RegularExpressions;
using TorchBoard.Protos;

namespace TorchBoard.Tool.Checking;

/// <summary>Checks a layout of the Custom Scalars dashboard.</summary>
internal static partial class LayoutCheck
{
    /// <summary>The letters after a backslash that Python's expressions know.</summary>
    private const string Escapes = "AbBdDsSwWZzafnrtvxuUN";

    public static void Check(Layout layout, Place at)
    {
        if (layout.Category.Sum(category => category.Chart.Count) == 0)
            at.Error("the layout has no charts");
        IEnumerable<string> patterns =
            from category in layout.Category
            from chart in category.Chart
            where chart.Multiline is not null
            from pattern in chart.Multiline.Tag
            select pattern;
        foreach (string pattern in patterns)
        {
            if (ProblemOf(pattern) is { } problem)
                at.Error($"'{pattern}' is not a regular expression of Python; its chart is empty: {problem}");
        }
    }

    // Python names groups (?P<name>…), (?P=name); .NET does not.
    private static string? ProblemOf(string pattern)
    {
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && ++i < pattern.Length && char.IsAsciiLetter(pattern[i])
                && !Escapes.Contains(pattern[i], StringComparison.Ordinal))
            {
                return $"the escape \\{pattern[i]} is unknown";
            }

            if (pattern.AsSpan(i).StartsWith("(?<") && pattern.AsSpan(i) is not ['(', '?', '<', '=' or '!', ..])
                return "a named group is written (?P<name>…)";
        }

        try
        {
            string translated = NamedGroup().Replace(pattern, "(?<");
            translated = Reference().Replace(translated, @"\k<$1>");
            // Possessive quantifiers, which Python has since 3.11.
            _ = new Regex(Possessive().Replace(translated, "$1"));
            return null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }

    [GeneratedRegex(@"\(\?P<")]
    private static partial Regex NamedGroup();

    [GeneratedRegex(@"\(\?P=(\w+)\)")]
    private static partial Regex Reference();

    [GeneratedRegex(@"(?<!\\)([*+?}])\+")]
    private static partial Regex Possessive();
}
