using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TorchBoard.Tool.Asserting;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Tests.Asserting;

/// <summary>The Markdown summary of assert, as GitHub shows it: pictures are Mermaid charts, because nothing else is drawn.</summary>
internal sealed partial class SummaryTests : RunsFixture
{
    [Test]
    public void Failing_curves_come_first_with_their_limit_and_passing_ones_are_folded()
    {
        WriteRun("a", tag: "accuracy");
        WriteRun("b");
        string text = Report("accuracy: decreases", "loss: ends < 0.001, no-nan");
        Assert.That(text.IndexOf("| ❌ | b | loss", StringComparison.Ordinal), Is.LessThan(text.IndexOf("| ✅ | a | accuracy", StringComparison.Ordinal)));
        Assert.That(text.IndexOf("### ❌ loss", StringComparison.Ordinal), Is.LessThan(text.IndexOf("### ✅ accuracy", StringComparison.Ordinal)));
        Assert.That(text, Does.Contain("🟦 the curve · 🟥 the limit 0.001\n").And.Contain("<details open><summary>loss: ends &lt; 0.001</summary>\n\n```text\n"));
        Assert.That(Pictures(text), Has.Length.EqualTo(2));
    }

    [Test]
    public void A_picture_has_the_steps_the_values_and_the_limit()
    {
        WriteRun("a", value: step => step, count: 5);
        Assert.That(
            Pictures(Report("loss: stays < 2")).Single(),
            Does.EndWith("xychart-beta\n  x-axis \"step\" 0 --> 4\n  y-axis -0.2 --> 4.2\n  line [2, 2]\n  line [0, 1, 2, 3, 4]\n"));
    }

    [Test]
    public void No_spike_of_a_long_curve_is_lost()
    {
        WriteRun("a", value: step => step == 4321 ? 90 : 1, count: 10_000);
        string picture = Pictures(Report("loss: stays < 2")).Single();
        Assert.That(LinesOf(picture)[1].Max(), Is.EqualTo(90));
        Assert.That(LinesOf(picture)[1], Has.Length.LessThan(125));
    }

    [Test]
    public void A_baseline_is_drawn_and_what_spans_decades_is_logarithmic()
    {
        WriteRun("a", value: step => Math.Pow(10, -step), count: 6);
        WriteRun("../baseline/a", value: step => Math.Pow(10, -step), count: 6);
        string text = Report("loss: within 5% of baseline", "--baseline", At("baseline"));
        Assert.That(text, Does.Contain("🟦 the curve · ⬜ the baseline").And.Contain("y-axis \"log10\" -5.25 --> 0.25"));
        Assert.That(LinesOf(Pictures(text).Single()), Is.All.EqualTo(new double[] { 0, -1, -2, -3, -4, -5 }).Within(1e-5));
    }

    [TestCase(double.NaN)]
    [TestCase(1e-30)]
    [TestCase(1e30)]
    public void Values_that_cannot_be_drawn_are_shown_as_text(double value)
    {
        WriteRun("a", value: _ => value, count: 10);
        string text = Report("loss: increases");
        Assert.That(Pictures(text), Is.Empty);
        Assert.That(text, Does.Contain("```text\nExpected: loss increases"));
    }

    [Test]
    public void Values_that_are_not_finite_are_left_out_and_counted()
    {
        WriteRun("a", value: step => step == 2 ? double.NaN : 1, count: 4);
        string text = Report("loss: no-nan");
        Assert.That(text, Does.Contain("🟦 the curve · 1 NaN or infinite"));
        Assert.That(LinesOf(Pictures(text).Single()).Single(), Is.EqualTo(new double[] { 1, 1, 1, 1 }));
    }

    [Test]
    public void No_name_is_in_a_picture()
    {
        WriteRun("a", tag: "x\"]\n```\n%%{init: {}}%%");
        WriteRun("b\"] %%", tag: "y");
        string[] pictures = Pictures(Report("*: increases"));
        Assert.That(pictures, Has.Length.EqualTo(2));
        foreach (string picture in pictures)
            Assert.That(Picture().IsMatch(picture), picture);
    }

    [Test]
    public void It_is_not_longer_than_GitHub_shows_and_says_what_is_left_out()
    {
        for (int i = 0; i < 60; i++)
            WriteRun($"run-{i}", count: 20);
        string all = Report("*: ends < 0, increases");
        Assert.That(Pictures(all), Has.Length.EqualTo(20), "each is a frame of the page");

        File.WriteAllText(At("summary.md"), new string('x', MarkdownReport.LongestSummary - 8_000));
        string text = Report("*: ends < 0, increases", "--markdown", At("summary.md"));
        Assert.That(Encoding.UTF8.GetByteCount(text), Is.LessThanOrEqualTo(MarkdownReport.LongestSummary));
        Assert.That(text, Does.Match(@"\n[0-9]+ more rows left out\.\n").And.Match(@"\n[0-9]+ more failing curves left out\.\n$"));
    }

    [Test]
    public void It_is_added_to_what_the_step_wrote_before()
    {
        WriteRun("a");
        File.WriteAllText(At("summary.md"), "# Before");
        string[] both = Report("loss: decreases", "--markdown", At("summary.md")).Split("\n## Curves of ");
        Assert.That(both, Has.Length.EqualTo(2));
        Assert.That(both[0], Is.EqualTo("# Before"));
    }

    private string Report(params string[] arguments)
    {
        string file = arguments.Contains("--markdown") ? At("summary.md") : At("report.md");
        string[] given = file == At("summary.md") ? [] : ["--markdown", file];
        ToolRun run = ToolRun.In(
            (output, error) => new Terminal(output, error) { StepSummary = At("summary.md") },
            ["assert", Runs, .. arguments, .. given]);
        Assert.That(run.ExitCode, Is.LessThan(2), run.Error);
        return File.ReadAllText(file);
    }

    private static string[] Pictures(string text) =>
        [.. Block().Matches(text).Select(block => block.Groups[1].Value)];

    private static double[][] LinesOf(string picture) => [.. Line().Matches(picture).Select(line =>
        line.Groups[1].Value.Split(", ").Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())];

    [GeneratedRegex("```mermaid\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^  line \[(.*)\]$", RegexOptions.Multiline)]
    private static partial Regex Line();

    // What Mermaid's grammar has of numbers and strings.
    [GeneratedRegex(
        """^---\nconfig:\n  xyChart:\n    width: 900\n    height: 300\n  themeVariables:\n    xyChart:\n      plotColorPalette: "#[#, 0-9a-f]+"\n---\nxychart-beta\n  x-axis "step" [0-9]+ --> [0-9]+\n  y-axis ("log10" )?-?[0-9.]+ --> -?[0-9.]+\n(  line \[(-?[0-9]+(\.[0-9]+)?(, )?)+\]\n)+$""")]
    private static partial Regex Picture();
}
