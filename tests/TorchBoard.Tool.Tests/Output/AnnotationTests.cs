namespace TorchBoard.Tool.Tests.Output;

/// <summary>What GitHub shows on the page of a workflow run whose check failed.</summary>
internal sealed class AnnotationTests : RunsFixture
{
    [Test]
    public void An_expectation_that_is_not_met_is_an_error_with_its_reason()
    {
        WriteRun("a", tag: "loss, 100%: a");
        string[] line = ["assert", Runs, "\"loss, 100%: a\": ends < 0.001"];
        ToolRun run = ToolRun.OnGitHub(line);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(
            run.Error,
            Is.EqualTo(
                "::error title=loss%2C 100%25%3A a%3A ends < 0.001::Expected: loss, 100%25: a ends below 0.001%0A"
                + "Seen:     the last value is 0.01%0AWhere:    run a, tag loss, 100%25: a, step 99, value 0.01\n"));

        ToolRun elsewhere = ToolRun.Of(line);
        Assert.That(elsewhere.Error, Is.Empty);
        Assert.That(run.Output, Is.EqualTo(elsewhere.Output));
        Assert.That(ToolRun.Of([.. line, "--annotations"]).Error, Is.EqualTo(run.Error));
        Assert.That(ToolRun.OnGitHub([.. line, "--annotations", "false"]).Error, Is.Empty);
    }

    [Test]
    public void What_passes_is_no_error()
    {
        WriteRun("a");
        Assert.That(ToolRun.OnGitHub("assert", Runs, "loss: decreases").Error, Is.Empty);
        Assert.That(ToolRun.OnGitHub("check", Runs).Error, Is.Empty);
    }

    [Test]
    public void There_are_no_more_than_GitHub_shows_and_the_last_counts_the_others()
    {
        for (int i = 0; i < 15; i++)
            WriteRun($"{i}");
        string[] lines = ToolRun.OnGitHub("assert", Runs, "loss: ends < 0").Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(10));
        Assert.That(lines[^1], Is.EqualTo("::error title=torchboard::6 more; the log lists all."));
    }

    [Test]
    public void Compare_names_the_curves_beyond_the_tolerance_and_what_is_missing()
    {
        WriteRun("a", value: _ => 2, count: 3);
        WriteRun("../other/a", value: _ => 3, count: 2);
        string[] line = ["compare", Runs, At("other")];
        Assert.That(ToolRun.OnGitHub(line).Error, Is.Empty, "without a tolerance, nothing fails");
        Assert.That(
            ToolRun.OnGitHub([.. line, "--tolerance", "1%"]).Error,
            Is.EqualTo(
                "::error title=loss%3A not within 1%25 of A::step 0: 2 in A, 3 in B\n"
                + "::error title=torchboard compare::'loss' has step 2 only in A.\n"));
        Assert.That(
            ToolRun.OnGitHub([.. line, "--tolerance", "1", "--allow-missing"]).Error, Is.Empty);
    }

    [Test]
    public void Check_names_the_file_and_the_reason()
    {
        string file = OnlyFile(WriteRun("a"));
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^5] ^= 1;
        File.WriteAllBytes(file, bytes);
        string error = ToolRun.OnGitHub("check", Runs).Error;
        Assert.That(error, Does.StartWith($"::error title={file.Replace(":", "%3A", StringComparison.Ordinal)}::At offset "));
        Assert.That(error, Does.Contain("checksum"));
    }

    [Test]
    public void Nothing_to_read_is_an_error_too()
    {
        Directory.CreateDirectory(Runs);
        string[] lines = ToolRun.OnGitHub("assert", Runs, "loss: decreases").Error.Split('\n');
        Assert.That(lines[0], Does.StartWith("torchboard: There is no event file in"));
        Assert.That(lines[1], Does.StartWith("::error title=torchboard::There is no event file in"));
    }

    [Test]
    public void Names_cannot_command_the_runner([Values("show", "list", "watch")] string command)
    {
        const string hostile = "::add-mask::a";
        WriteRun("::group::x", tag: hostile, count: 2);
        using (var writer = new SummaryWriter(At("runs", "text")))
            writer.AddText("note", "one\n  ::stop-commands::x\n##[error]y", 0);
        string[] once = command == "watch" ? ["--once"] : [];
        string[] rest = command == "show" ? ["*"] : once;
        foreach (string line in ToolRun.OnGitHub([command, Runs, .. rest]).Output.Split('\n'))
        {
            Assert.That(line.TrimStart(), Does.Not.StartWith("::"));
            Assert.That(line, Does.Not.Contain("##["));
        }

        string[] messages = ToolRun.OnGitHub([command, Runs, "--run", "##[x", .. once]).Error.Split('\n');
        Assert.That(messages[0], Does.StartWith("torchboard: ").And.Not.Contain("##["));
    }
}
