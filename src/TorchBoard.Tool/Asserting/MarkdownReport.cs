using System.Globalization;
using System.Text;
using TorchBoard.Testing;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Asserting;

/// <summary>The results as Markdown, for a CI summary page.</summary>
internal static class MarkdownReport
{
    public static string Of(string path, IReadOnlyList<CheckedExpectation> results)
    {
        int failed = results.Count(result => !result.Result.Passed);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## Curves of {Escape(path)}\n\n");
        text.Append(failed == 0
            ? $"✅ All {Shown.Count(results.Count, "expectation")} are met.\n\n"
            : $"❌ {Shown.Count(failed)} of {Shown.Count(results.Count, "expectation")} "
                + $"{(failed == 1 ? "is" : "are")} not met.\n\n");
        text.Append("| | Run | Tag | Expected | Seen |\n|---|---|---|---|---|\n");
        foreach (CheckedExpectation result in results)
        {
            CurveResult found = result.Result;
            string at = found.Step is long step ? $" (step {step})" : "";
            string[] cells = [result.Run, result.Tag, result.Expectation.ToString(), found.Seen + at];
            text.Append(found.Passed ? "| ✅ | " : "| ❌ | ").AppendJoin(" | ", cells.Select(Escape)).Append(" |\n");
        }

        foreach (CheckedExpectation result in results.Where(result => !result.Result.Passed))
        {
            string title = Escape($"{result.Tag}: {result.Expectation}");
            string details = Fenced(result.Result.ToString());
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n<details open><summary>{title}</summary>\n\n{details}\n\n</details>\n");
        }

        return text.ToString();
    }

    private static string Fenced(string text)
    {
        // A tag can contain backticks; the fence must be longer.
        int longest = 2;
        for (int i = 0, length = 0; i < text.Length; i++)
            longest = Math.Max(longest, length = text[i] == '`' ? length + 1 : 0);
        string fence = new('`', longest + 1);
        return $"{fence}text\n{Printable.Lines(text)}\n{fence}";
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in Printable.Line(text))
        {
            if (c is '<' or '>' or '&')
                escaped.Append(c switch { '<' => "&lt;", '>' => "&gt;", _ => "&amp;" });
            else if (c is '|' or '\\' or '`' or '*' or '_' or '[' or ']')
                escaped.Append('\\').Append(c);
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }
}
