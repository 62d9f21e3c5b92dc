using System.Text;
using TorchBoard.Tool.Exporting;
using TorchBoard.Tool.Files;

namespace TorchBoard.Tool.Tests.Exporting;

/// <summary>Names and contents of exported files, and that they appear whole or not at all.</summary>
internal sealed class ExportTests : RunsFixture
{
    private string Out => At("out");

    [TestCase("x", "x/1.md", "X", "x/1.md/1")]
    [TestCase("x/1.md/1", "x/1.md", "X", "x")]
    [TestCase("a/b", "a", "a/b/c.d/e", "a/b/1.md")]
    public void Tags_that_nest_are_all_exported(params string[] tags)
    {
        using (var writer = new SummaryWriter(Runs))
        {
            foreach (string tag in tags)
                writer.AddText(tag, tag, 1);
        }

        ToolRun run = ToolRun.Of("export", Runs, "--format", "files", "--output", Out, "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        string[] files = [.. run.Json.GetProperty("files").EnumerateArray().Select(file => file.GetString()!)];
        Assert.That(files.Select(File.ReadAllText), Is.EqualTo(tags));
        Assert.That(files.Select(file => file.ToUpperInvariant()), Is.Unique, "on systems that ignore case");
    }

    [Test]
    public void Tags_of_any_length_are_exported()
    {
        string[] tags =
        [
            new('a', 5000), new string('a', 5000) + "b", new string('\u4E2D', 3000),
            string.Concat(Enumerable.Repeat("\U0001F600", 500)), string.Join('/', Enumerable.Repeat(new string('d', 90), 90)),
            string.Join('/', Enumerable.Repeat("d", 3000)),
        ];
        using (var writer = new SummaryWriter(Runs))
        {
            foreach (string tag in tags)
                writer.AddText(tag, tag, 1);
        }

        ToolRun run = ToolRun.Of("export", Runs, "--format", "files", "--output", Out, "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(
            run.Json.GetProperty("files").EnumerateArray().Select(file => File.ReadAllText(file.GetString()!)),
            Is.EqualTo(tags));
    }

    [Test]
    [NonParallelizable]
    public void Tags_with_a_common_beginning_take_linear_time() => Growth.AssertLinear(500, count => () =>
    {
        var names = new SafeNames("/out");
        for (int i = 0; i < count; i++)
            names.PathOf("run", new string('x', 150) + i, "1", "png");
    });

    [Test]
    [Platform("Unix")]
    public void A_link_in_the_output_is_not_followed()
    {
        using (var writer = new SummaryWriter(Path.Combine(Runs, "a")))
            writer.AddText("x/y", "text", 1);
        Directory.CreateDirectory(Path.Combine(Out, "a"));
        Directory.CreateDirectory(At("elsewhere"));
        Directory.CreateSymbolicLink(Path.Combine(Out, "a", "x"), At("elsewhere"));

        ToolRun run = ToolRun.Of("export", Runs, "--format", "files", "--output", Out);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("is a link"));
        Assert.That(Directory.GetFileSystemEntries(At("elsewhere")), Is.Empty);
    }

    [TestCase("export {runs} --output {link}")]
    [TestCase("export {runs} --output {link}/deeper")]
    [TestCase("repair {runs} --output {link}/new")]
    [TestCase("merge {runs} --output {link}/new")]
    [TestCase("thin {runs} --every 2 --output {link}/new")]
    [Platform("Unix")]
    public void An_output_that_leads_through_a_link_into_the_source_is_rejected(string line)
    {
        string run = WriteRun("a");
        Directory.CreateSymbolicLink(At("link"), run);
        ToolRun result = ToolRun.Of([.. line.Split(' ').Select(word => word
            .Replace("{runs}", Runs, StringComparison.Ordinal).Replace("{link}", At("link"), StringComparison.Ordinal))]);
        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain(Runs));
        Assert.That(Directory.GetFileSystemEntries(run), Has.Length.EqualTo(1));
    }

    [Test]
    public void An_export_that_fails_leaves_the_file_of_the_last_one()
    {
        WriteRun("a");
        ToolRun.Of("export", Runs, "--output", Out);
        string before = File.ReadAllText(Path.Combine(Out, "scalars.csv"));

        WriteRun("b");
        Assert.That(ToolRun.Of("export", Runs, "--tag", "loss", "--tag", "los", "--output", Out).ExitCode, Is.EqualTo(2));
        Assert.That(File.ReadAllText(Path.Combine(Out, "scalars.csv")), Is.EqualTo(before));
        Assert.That(Directory.GetFiles(Out), Has.Length.EqualTo(1));

        Assert.That(ToolRun.Of("export", Runs, "--output", Out).ExitCode, Is.Zero);
        Assert.That(File.ReadAllLines(Path.Combine(Out, "scalars.csv")), Has.Length.EqualTo(201));
    }

    [TestCase("=1+1", "'=1+1")]
    [TestCase("+1", "'+1")]
    [TestCase("-1", "'-1")]
    [TestCase("@SUM(A1)", "'@SUM(A1)")]
    [TestCase("\t=1", "'\t=1")]
    [TestCase("=a,\"b\"", "\"'=a,\"\"b\"\"\"")]
    [TestCase("\uFF1D1", "'\uFF1D1")]
    [TestCase("a=1", "a=1")]
    public void A_tag_that_begins_like_a_formula_is_text_in_a_spreadsheet(string tag, string cell)
    {
        using (var writer = new SummaryWriter(Path.Combine(Runs, "a")))
            writer.AddScalar(tag, -1.5f, 3);
        Assert.That(ToolRun.Of("export", Runs, "--output", Out).ExitCode, Is.Zero);
        string line = File.ReadAllText(Path.Combine(Out, "scalars.csv"), Encoding.UTF8).Split('\n')[1];
        Assert.That(line, Does.StartWith($"a,{cell},3,").And.EndWith(",-1.5"), "numbers stay numbers");
    }

    [Test]
    [Platform("Unix")]
    public void A_report_keeps_a_link_and_is_written_to_a_device()
    {
        WriteRun("a");
        File.WriteAllText(At("target"), "old");
        File.CreateSymbolicLink(At("link"), At("target"));
        Assert.That(ToolRun.Of("assert", Runs, "loss: no-nan", "--markdown", At("link"), "--junit", "/dev/null").ExitCode, Is.Zero);
        Assert.That(File.ReadAllText(At("target")), Does.Contain("loss"));
        Assert.That(new FileInfo(At("link")).LinkTarget, Is.EqualTo(At("target")));
        Assert.That(Directory.GetFiles(Root), Has.Length.EqualTo(2));
        Assert.That(File.Exists("/dev/null"));
        Assert.That(new FileInfo("/dev/null").Length, Is.Zero);
    }

    [Test]
    public void Files_appear_together_or_not_at_all()
    {
        string[] paths = [Path.Combine(Out, "a", "x.tfevents"), Path.Combine(Out, "b", "c", "y.tfevents")];
        using (var abandoned = new NewFiles(Out))
        {
            foreach (string path in paths)
                File.WriteAllText(abandoned.Add(path), "text");
            Assert.That(Directory.GetFiles(Out, "*tfevents*", SearchOption.AllDirectories), Is.Empty);
        }

        Assert.That(Directory.Exists(Out), Is.False);
        using (var complete = new NewFiles(Out))
        {
            foreach (string path in paths)
                File.WriteAllText(complete.Add(path), "text");
            complete.Complete();
        }

        Assert.That(Directory.GetFiles(Out, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal), Is.EqualTo(paths));
    }
}
