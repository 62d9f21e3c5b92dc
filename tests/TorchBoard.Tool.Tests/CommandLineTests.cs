namespace TorchBoard.Tool.Tests;

internal sealed class CommandLineTests : RunsFixture
{
    private static readonly string[] Commands =
        ["list", "show", "watch", "assert", "compare", "export", "check", "repair", "merge", "rename",
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
    [TestCase("", "torchboard --help")]
    public void Wrong_usage_prints_one_message_and_exits_with_2(string arguments, string message)
    {
        ToolRun run = ToolRun.Of(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith("torchboard: ").And.Contain(message));
        Assert.That(run.Error.TrimEnd('\n'), Does.Not.Contain("\n"));
        Assert.That(run.Output, Is.Empty);
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
