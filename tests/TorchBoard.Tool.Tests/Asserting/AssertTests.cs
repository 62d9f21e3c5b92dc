using System.Xml.Linq;

namespace TorchBoard.Tool.Tests.Asserting;

internal sealed class AssertTests : RunsFixture
{
    private const string Learns = "loss: decreases, ends < 0.1, no-nan";

    [Test]
    public void A_run_that_learns_exits_with_0()
    {
        WriteRun("a");
        ToolRun run = ToolProcess.Run("assert", Runs, Learns);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain("✓ loss: ends < 0.1").And.Contain("All 3 expectations are met."));
        Assert.That(run.Error, Is.Empty);
    }

    [Test]
    public void A_run_that_diverges_exits_with_1_and_draws_the_curve()
    {
        WriteRun("a", value: step => Math.Exp(step / 10.0));
        ToolRun run = ToolProcess.Run("assert", Runs, Learns);
        Assert.That(run.ExitCode, Is.EqualTo(1), run.Error);
        Assert.That(run.Output, Does.Contain("✗ loss: decreases").And.Contain("Seen:").And.Contain("┤"));
    }

    [Test]
    public void An_empty_directory_exits_with_2()
    {
        Directory.CreateDirectory(Runs);
        ToolRun run = ToolProcess.Run("assert", Runs, Learns);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith("torchboard: There is no event file in"));
        Assert.That(run.Output, Is.Empty);
    }

    [Test]
    public void Output_that_is_not_a_terminal_has_no_colors()
    {
        WriteRun("a");
        Assert.That(ToolProcess.Run("assert", Runs, Learns).Output, Does.Not.Contain("\e"));
    }

    [Test]
    public void An_expectation_that_does_not_parse_is_reported_with_its_column()
    {
        WriteRun("a");
        ToolRun run = ToolRun.Of("assert", Runs, "loss: decrases");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("column 7").And.Contain("\n  loss: decrases\n        ^"));
    }

    [Test]
    public void A_missing_tag_names_the_nearest()
    {
        WriteRun("a");
        ToolRun run = ToolRun.Of("assert", Runs, "los: decreases");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("'loss'"));
    }

    [Test]
    public void No_expectation_is_wrong_usage()
    {
        WriteRun("a");
        Assert.That(ToolRun.Of("assert", Runs).ExitCode, Is.EqualTo(2));
        Assert.That(ToolRun.Of("assert", Runs, "--tolerance", "5%").Error, Does.Contain("--baseline"));
    }

    [Test]
    public void A_file_of_expectations_names_its_wrong_line()
    {
        WriteRun("a");
        string file = At("curves.txt");
        File.WriteAllText(file, "# what is expected\nloss: decreases\nloss: ends ? 1\n");
        ToolRun run = ToolRun.Of("assert", Runs, "--file", file);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("curves.txt, line 3"));

        File.WriteAllText(file, "# what is expected\nloss: decreases\n");
        Assert.That(ToolRun.Of("assert", Runs, "--file", file).ExitCode, Is.Zero);
    }

    [TestCase(1.04, 0)]
    [TestCase(1.06, 1)]
    public void Each_curve_is_within_the_tolerance_of_the_same_run_of_the_baseline(double factor, int exitCode)
    {
        WriteRun("../baseline/a");
        WriteRun("../baseline/b", value: _ => 1000);
        WriteRun("a", value: step => factor / (step + 1));
        Assert.That(
            ToolRun.Of("assert", Runs, "--baseline", At("baseline"), "--tolerance", "5%", "--allow-missing", "runs").ExitCode,
            Is.EqualTo(exitCode));
    }

    [Test]
    public void An_expectation_of_a_baseline_without_one_is_wrong_usage()
    {
        WriteRun("a");
        ToolRun run = ToolRun.Of("assert", Runs, "loss: within 5% of baseline");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("--baseline"));
    }

    [Test]
    public void Reports_name_what_fails()
    {
        WriteRun("a", tag: "a|b<c>");
        ToolRun run = ToolRun.Of(
            "assert", Runs, "a|b<c>: ends < 0.001, no-nan", "--markdown", At("report.md"), "--junit", At("report.xml"),
            "--json");
        Assert.That(run.ExitCode, Is.EqualTo(1), run.Error);
        Assert.That(run.Json.GetProperty("passed").GetBoolean(), Is.False);
        Assert.That(run.Json.GetProperty("results")[0].GetProperty("step").GetInt64(), Is.EqualTo(99));

        string markdown = File.ReadAllText(At("report.md"));
        Assert.That(
            markdown, Does.Contain("❌ 1 of 2 expectations is not met.").And.Contain("| ❌ | a | a\\|b&lt;c&gt; |"));

        Assert.That(File.ReadAllBytes(At("report.xml"))[0], Is.EqualTo((byte)'<'), "no byte order mark");
        XElement suites = XDocument.Load(At("report.xml")).Root!;
        Assert.That(suites.Attribute("failures")!.Value, Is.EqualTo("1"));
        Assert.That(suites.Descendants("testcase").Count(), Is.EqualTo(2));
        Assert.That(
            suites.Descendants("failure").Single().Parent!.Attribute("name")!.Value,
            Is.EqualTo("a|b<c>: ends < 0.001"));
    }
}
