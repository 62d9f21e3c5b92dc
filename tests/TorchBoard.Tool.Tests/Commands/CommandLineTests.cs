namespace TorchBoard.Tool.Tests.Commands;

internal sealed class CommandLineTests : RunsFixture
{
    private static readonly string[] Commands =
        ["list", "show", "watch", "runs", "assert", "compare", "export", "check", "repair", "merge", "rename",
            "remove", "thin"];

    [TestCaseSource(nameof(Commands))]
    public void Every_command_has_help_with_examples_and_json(string command)
    {
        ToolRun run = ToolRun.Of(command, "--help");
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain("Examples:\n  torchboard " + command).And.Contain("--json"));
    }

    [TestCase("lst", "Unknown command 'lst'")]
    [TestCase("list runs --bogus", "'--bogus'")]
    [TestCase("list", "torchboard list --help")]
    public void Wrong_usage_prints_one_message_and_exits_with_2(string arguments, string message)
    {
        ToolRun run = ToolRun.Of(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith("torchboard: ").And.Contain(message));
        Assert.That(run.Error.TrimEnd('\n'), Does.Not.Contain("\n"));
        Assert.That(run.Output, Is.Empty);
    }

    [Test]
    public void Without_arguments_it_shows_its_help()
    {
        ToolRun run = ToolRun.Of();
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Is.EqualTo(ToolRun.Of("--help").Output).And.Contain("watch"));
        Assert.That(run.Error, Is.Empty);
    }

    [TestCase("watch gs://bucket/runs", "'gs://'")]
    [TestCase("show file:///data/runs loss", "/data/runs")]
    [TestCase("list ~torchboard/runs", "'~/'")]
    [TestCase("assert runs --baseline https://example.com/runs", "'https://'")]
    [TestCase("export runs --output az://container/out", "torchboard sync")]
    [TestCase("merge runs s3://bucket/runs --output out", "torchboard sync")]
    [TestCase("repair runs --output s3://bucket/out", "torchboard sync")]
    public void Paths_that_are_not_of_a_file_system_are_refused(string arguments, string advice)
    {
        ToolRun run = ToolRun.Of(arguments.Split(' '));
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith("torchboard: '").And.Contain(advice));
        Assert.That(run.Error.TrimEnd('\n'), Does.Not.Contain("\n"));
    }

    [Test]
    public void A_tilde_is_the_home_directory()
    {
        string nowhere = "torchboard-" + Guid.NewGuid();
        Assert.That(
            ToolRun.Of("list", $"~/{nowhere}").Error,
            Does.Contain(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + "/" + nowhere));
    }

    [Test]
    public void Runs_are_listed_in_the_order_of_their_numbers()
    {
        foreach (int version in new[] { 10, 2, 1 })
            WriteRun($"version_{version}");
        string[] lines = ToolRun.Of("list", Runs, "--runs").Output.Split('\n');
        Assert.That(
            lines.SelectMany(line => line.Split(' ')).Where(word => word.StartsWith("version_", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "version_1", "version_2", "version_10" }));
    }

    [TestCaseSource(nameof(Commands))]
    public void A_missing_path_exits_with_2(string command)
    {
        string[] more = command switch
        {
            "assert" => ["loss: no-nan"],
            "compare" => [At("nowhere")],
            "repair" or "merge" => ["--output", At("out")],
            "rename" => ["a", "b", "--output", At("out")],
            "remove" => ["a", "--output", At("out")],
            "thin" => ["--every", "2", "--output", At("out")],
            "watch" => ["--once"],
            _ => [],
        };
        ToolRun run = ToolRun.Of([command, At("nowhere"), .. more]);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Is.EqualTo($"torchboard: The file or directory '{At("nowhere")}' does not exist.\n"));
    }

    [Test]
    public void Completion_suggests_commands_and_the_tags_of_the_directory()
    {
        WriteRun("a", tag: "loss/train");
        Assert.That(ToolRun.Of("[suggest:2]", "wa").Output.Split('\n'), Does.Contain("watch"));
        string line = $"show {Runs} lo";
        Assert.That(ToolRun.Of($"[suggest:{line.Length}]", line).Output.Split('\n'), Does.Contain("loss/train"));
    }
}
