using System.Globalization;
using System.Text;
using TorchBoard.Testing;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Asserting;

/// <summary>The results as Markdown, for a CI summary page: the failing ones first, with their curves.</summary>
internal sealed class MarkdownReport
{
    /// <summary>The longest summary of a step that GitHub shows, in bytes.</summary>
    public const int LongestSummary = 1 << 20;

    // The page renders each picture in a frame of its own.
    private const int MostPictures = 20;
    private const int ReservedForEnd = 500;

    private readonly StringBuilder _text = new();
    private int _room;
    private int _pictures;

    private MarkdownReport(int longest) => _room = longest - ReservedForEnd;

    /// <param name="path">The checked directory.</param>
    /// <param name="results">The results.</param>
    /// <param name="longest">The largest number of bytes; what comes last is left out.</param>
    public static string Of(string path, IReadOnlyList<CheckedExpectation> results, int longest = LongestSummary)
    {
        var report = new MarkdownReport(longest);
        report.Write(path, results);
        return report._text.ToString();
    }

    private void Write(string path, IReadOnlyList<CheckedExpectation> results)
    {
        int failed = results.Count(result => !result.Result.Passed);
        TryAdd($"## Curves of {Markdown.Escape(path)}\n\n");
        TryAdd(failed == 0
            ? $"✅ All {Shown.Count(results.Count, "expectation")} are met.\n\n"
            : $"❌ {Shown.Count(failed)} of {Shown.Count(results.Count, "expectation")} "
                + $"{(failed == 1 ? "is" : "are")} not met.\n\n");

        // Half of the room is for the curves.
        int kept = _room / 2;
        _room -= kept;
        TryAdd("| | Run | Tag | Expected | Seen |\n|---|---|---|---|---|\n");
        CheckedExpectation[] ordered = [.. results.OrderBy(result => result.Result.Passed)];
        int rows = ordered.TakeWhile(result => TryAdd(Row(result))).Count();
        _room += kept;
        if (rows < ordered.Length)
            TryAdd($"\n{Shown.Count(ordered.Length - rows, "more row")} left out.\n");

        var curves = results.GroupBy(result => (result.Run, result.Tag))
            .Select(curve => curve.ToList()).ToLookup(curve => curve.Exists(result => !result.Result.Passed));
        int drawn = curves[true].TakeWhile(curve => TryAdd(Failing(curve))).Count();
        int notDrawn = curves[true].Count() - drawn;
        if (notDrawn == 0 && curves[false].Any())
            WritePassing([.. curves[false]]);
        if (notDrawn > 0)
            _text.Append(CultureInfo.InvariantCulture, $"\n{Shown.Count(notDrawn, "more failing curve")} left out.\n");
    }

    private static string Row(CheckedExpectation result)
    {
        CurveResult found = result.Result;
        string at = found.Step is long step ? $" (step {step})" : "";
        string[] cells = [result.Run, result.Tag, result.Expectation.ToString(), found.Seen + at];
        return $"{(found.Passed ? "| ✅ | " : "| ❌ | ")}{string.Join(" | ", cells.Select(Markdown.Escape))} |\n";
    }

    private string Failing(List<CheckedExpectation> curve)
    {
        List<CheckedExpectation> failing = curve.FindAll(result => !result.Result.Passed);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\n### ❌ {Markdown.Escape(curve[0].Tag)}\n\nRun {Markdown.Escape(curve[0].Run)}\n\n");
        if (Picture(failing) is { } picture)
            text.Append(picture).Append("\n\n");
        foreach (CheckedExpectation result in failing)
        {
            string title = Markdown.Escape($"{result.Tag}: {result.Expectation}");
            string details = Fenced(result.Result.ToString());
            text.Append(
                CultureInfo.InvariantCulture, $"<details open><summary>{title}</summary>\n\n{details}\n\n</details>\n");
        }

        return text.ToString();
    }

    private void WritePassing(List<List<CheckedExpectation>> curves)
    {
        string before = _text.ToString();
        int room = _room;
        int drawn = 0;
        if (!TryAdd("\n<details><summary>Curves that meet their expectations</summary>\n"))
            return;
        foreach (List<CheckedExpectation> curve in curves)
        {
            string text = $"\n### ✅ {Markdown.Escape(curve[0].Tag)}\n\nRun {Markdown.Escape(curve[0].Run)}: "
                + $"{Markdown.Escape(string.Join(", ", curve.Select(result => result.Expectation)))}\n\n";
            if (_pictures >= MostPictures || Picture(curve) is not { } picture)
                continue;
            if (!TryAdd(text + picture + "\n"))
                break;
            drawn++;
        }

        if (drawn == 0)
        {
            _text.Clear().Append(before);
            _room = room;
            return;
        }

        if (drawn < curves.Count)
            _text.Append(CultureInfo.InvariantCulture, $"\n{Shown.Count(curves.Count - drawn, "more curve")} not drawn.\n");
        _text.Append("\n</details>\n");
    }

    /// <summary>The curve with all limits and the baseline of expectations about it.</summary>
    private string? Picture(List<CheckedExpectation> expectations)
    {
        if (_pictures >= MostPictures)
            return null;
        string? picture = CurvePicture.Of(
            expectations[0].Result.Curve,
            [.. expectations.SelectMany(one => one.Result.Limits).Where(double.IsFinite).Distinct()],
            expectations.Find(one => one.Result.Baselines.Count > 0)?.Result.Baselines ?? []);
        if (picture is not null)
            _pictures++;
        return picture;
    }

    private bool TryAdd(string text)
    {
        int bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > _room)
            return false;
        _room -= bytes;
        _text.Append(text);
        return true;
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
}
