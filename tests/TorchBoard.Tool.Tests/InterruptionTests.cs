using System.Text;

namespace TorchBoard.Tool.Tests;

/// <summary>Real signals to real processes, and outputs that cannot be written.</summary>
[NonParallelizable]
internal sealed class InterruptionTests : RunsFixture
{
    private static readonly string[] Commands =
    [
        "list {runs}", "export {runs}", "compare {runs} {runs}", "check {runs}", "repair {runs} --output {out}",
        "merge {runs} --output {out}",
    ];

    [Test]
    [Platform("Linux", Reason = "reads /proc")]
    public void Ctrl_C_and_SIGTERM_end_a_command_at_once_and_leave_nothing()
    {
        // Zeros without end: reading them takes much longer than the test may.
        string endless = OnlyFile(WriteRun("b"));
        WriteRun("a");
        using (FileStream file = File.OpenWrite(endless))
            file.SetLength(1L << 42);

        List<(string Line, ToolProcess Tool)> tools = [.. Commands.Select((line, i) => (line, Start(line, $"out{i}")))];
        try
        {
            for (int i = 0; i < tools.Count; i++)
            {
                tools[i].Tool.WaitUntilOpen(endless);
                tools[i].Tool.Send(i % 2 == 0 ? "INT" : "TERM");
            }

            for (int i = 0; i < tools.Count; i++)
            {
                ToolRun run = tools[i].Tool.End();
                Assert.That(run.ExitCode, Is.EqualTo(i % 2 == 0 ? 130 : 143), tools[i].Line);
                Assert.That(run.Error, Is.Empty, tools[i].Line);
            }
        }
        finally
        {
            tools.ForEach(entry => entry.Tool.Dispose());
        }

        Assert.That(Directory.GetFileSystemEntries(Root), Is.EqualTo([Runs]), "no output is left");
    }

    [Test]
    [Platform("Unix")]
    public void A_command_whose_output_nobody_reads_ends_with_one_line()
    {
        WriteRun("a", count: 20_000);
        string error = At("error");
        ToolRun run = ToolProcess.RunInShell($"{{ \"$@\" 2>'{error}'; echo $? >&2; }} | true", "export", Runs);
        Assert.That(run.Error, Is.EqualTo("2\n"));
        Assert.That(
            File.ReadAllText(error), Is.EqualTo("torchboard: Standard output cannot be written: Broken pipe.\n"));
    }

    [TestCase("\"$@\" >&-", "list {runs}")]
    [TestCase("\"$@\" >&-", "list --help")]
    [TestCase("\"$@\" >&-", "check {runs} --json")]
    [TestCase("\"$@\" >/dev/full", "show {runs} loss")]
    [Platform("Linux", Reason = "/dev/full")]
    public void An_output_that_is_closed_or_full_ends_with_one_line(string line, string command)
    {
        WriteRun("a");
        ToolRun run = ToolProcess.RunInShell(line, [.. command.Split(' ').Select(word => word.Replace("{runs}", Runs))]);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith("torchboard: Standard output cannot be written: "));
        Assert.That(run.Error.TrimEnd('\n'), Does.Not.Contain("\n"));
    }

    [Test]
    [Platform("Unix")]
    public void Standard_output_is_appended_where_a_shell_left_it()
    {
        WriteRun("a", count: 3);
        string file = At("all");
        ToolProcess.RunInShell($"{{ echo first; \"$@\"; echo last; }} >'{file}'", "export", Runs);
        string[] lines = File.ReadAllLines(file, Encoding.UTF8);
        Assert.That(lines, Has.Length.EqualTo(6));
        Assert.That(lines[0], Is.EqualTo("first"));
        Assert.That(lines[^1], Is.EqualTo("last"));
    }

    [TestCase("export {runs} --output")]
    [TestCase("repair {runs} --output")]
    [TestCase("merge {runs} --output")]
    [TestCase("assert {runs} loss:no-nan --markdown")]
    [TestCase("assert {runs} loss:no-nan --junit")]
    public void An_empty_output_ends_with_one_line(string command)
    {
        WriteRun("a");
        ToolRun run = ToolRun.Of([.. command.Split(' ').Select(word => word.Replace("{runs}", Runs)), ""]);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith("torchboard: A path is empty").And.EndsWith("--help'.\n"));
    }

    private ToolProcess Start(string line, string output) => ToolProcess.Start([.. line.Split(' ').Select(word => word
        .Replace("{runs}", Runs, StringComparison.Ordinal).Replace("{out}", At(output), StringComparison.Ordinal))]);
}
