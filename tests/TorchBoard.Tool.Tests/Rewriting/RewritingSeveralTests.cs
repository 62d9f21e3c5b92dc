namespace TorchBoard.Tool.Tests.Rewriting;

/// <summary>Commands that write new directories take several directories and patterns, as those that read do; one test changes the current directory.</summary>
[NonParallelizable]
internal sealed class RewritingSeveralTests : RunsFixture
{
    private string Output => At("new");

    [SetUp]
    public void Write()
    {
        foreach (string name in new[] { "lr1", "lr2", "other" })
        {
            using var writer = new SummaryWriter(Path.Combine(Runs, name));
            for (int step = 0; step < 10; step++)
            {
                writer.AddScalar("loss", step, step);
                writer.AddScalar("debug/a", step, step);
            }
        }
    }

    [TestCase("lr1", "lr2")]
    [TestCase("lr*")]
    public void Runs_of_several_directories_are_copied_below_the_one_they_have_in_common(params string[] names)
    {
        string[] sources = [.. names.Select(name => Path.Combine(Runs, name))];
        foreach (string[] command in new string[][]
        {
            ["remove", .. sources, "debug/*"], ["rename", .. sources, "debug/*", "d/*"], ["thin", .. sources, "--points", "3"],
            ["repair", .. sources],
        })
        {
            ToolRun run = ToolRun.Of([.. command, "--output", Output]);
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            TagDictionary<LoggedRun> copied = LogDirectory.Open(Output).Runs;
            Assert.That(copied.Keys, Is.EqualTo(new[] { "lr1", "lr2" }), command[0]);
            string[] tags = [.. copied["lr2"].Open().Scalars.Keys];
            Assert.That(
                tags,
                command[0] switch
                {
                    "remove" => Is.EqualTo(new[] { "loss" }),
                    "rename" => Is.EquivalentTo(new[] { "loss", "d/a" }),
                    _ => Is.EquivalentTo(new[] { "loss", "debug/a" }),
                });
            Assert.That(copied["lr1"].Open().Scalars["loss"].Count, Is.EqualTo(command[0] == "thin" ? 3 : 10));
            Directory.Delete(Output, recursive: true);
        }
    }

    [Test]
    public void A_tag_of_the_runs_is_no_directory_although_there_is_one_of_its_name()
    {
        string before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = Runs;
        try
        {
            Directory.CreateDirectory("debug/a");
            ToolRun run = ToolRun.Of("remove", "lr1", "debug/*", "loss", "--output", Output);
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(RunLog.Open(Output).Tags, Is.Empty);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Test]
    public void Parts_that_match_a_pattern_are_merged_by_the_names_of_their_runs()
    {
        foreach (string part in new[] { "part1", "part2" })
        {
            using var writer = new SummaryWriter(Path.Combine(Runs, part, "digits"));
            writer.AddScalar("loss", 1, part[^1]);
        }

        ToolRun run = ToolRun.Of("merge", Path.Combine(Runs, "part*"), "--output", Output);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(LogDirectory.Open(Output).Runs["digits"].Open().Scalars["loss"].Count, Is.EqualTo(2));
    }

    [TestCase("repair")]
    [TestCase("merge")]
    [TestCase("thin", "--every", "2")]
    public void A_pattern_that_nothing_matches_is_named(string command, params string[] options)
    {
        ToolRun run = ToolRun.Of([command, Path.Combine(Runs, "no*"), .. options, "--output", Output]);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("No directory matches").And.Contain("no*"));
        Assert.That(Directory.Exists(Output), Is.False);
    }

    [Test]
    public void A_new_directory_within_one_that_a_pattern_matches_is_refused()
    {
        ToolRun run = ToolRun.Of("repair", Path.Combine(Runs, "lr*"), "--output", Path.Combine(Runs, "lr2", "new"));
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("would become part of its runs"));
    }
}
