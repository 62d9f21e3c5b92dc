using System.Text;
using TorchBoard.Imaging;

namespace TorchBoard.Tool.Tests.Commands;

/// <summary>Tests of list, show, compare and export.</summary>
internal sealed class LookingTests : RunsFixture
{
    [Test]
    public void List_names_runs_tags_counts_and_steps()
    {
        WriteRun("a");
        ToolRun run = ToolRun.Of("list", Runs, "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        var tag = run.Json.GetProperty("runs")[0].GetProperty("tags")[0];
        Assert.That(tag.GetProperty("tag").GetString(), Is.EqualTo("loss"));
        Assert.That(tag.GetProperty("points").GetInt32(), Is.EqualTo(100));
        Assert.That(tag.GetProperty("lastStep").GetInt32(), Is.EqualTo(99));
        Assert.That(tag.GetProperty("lastValue").GetDouble(), Is.EqualTo((double)0.01f));

        Assert.That(ToolRun.Of("list", Runs).Output, Does.Contain("loss").And.Contain("0–99").And.Contain("█"));
        Assert.That(ToolRun.Of("list", Runs, "--runs").Output, Does.Contain("Last step"));
    }

    [Test]
    public void A_list_of_many_tags_looks_like_one_of_few()
    {
        string[] few = ToolRun.Of("list", WriteTags("few", 1000)).Output.Split('\n');
        string[] many = ToolRun.Of("list", WriteTags("many", 1001)).Output.Split('\n');
        Assert.That(few[1], Does.Match("^  Tag +Kind +Points  Steps +Last  Curve +Size$"));
        Assert.That(many[1], Is.EqualTo(few[1]));
        Assert.That(many[3..1003], Is.EqualTo(few[3..1003]));
        Assert.That(many[1003], Does.StartWith("  层/1000    scalar"));

        string WriteTags(string name, int count)
        {
            using var writer = new SummaryWriter(Path.Combine(Runs, name));
            for (int i = 0; i < count; i++)
                writer.AddScalar($"{(i < 500 ? "layer" : "层")}/{i}", i, 0);
            return Path.Combine(Runs, name);
        }
    }

    [Test]
    public void Tags_cannot_command_the_terminal_or_be_taken_for_markup()
    {
        WriteRun("a", tag: "[red]x\e[2J");
        foreach (string command in (string[])["list", "show"])
        {
            ToolRun run = ToolRun.Of(command, Runs);
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(run.Output, Does.Contain("[red]x").And.Not.Contain("\e"));
        }
    }

    [Test]
    public void A_file_that_is_not_an_event_file_is_reported()
    {
        Directory.CreateDirectory(Runs);
        string file = Path.Combine(Runs, "notes.tfevents.txt");
        File.WriteAllText(file, "Dear diary, today the loss went up again.");
        foreach (string command in (string[])["list", "show", "export"])
        {
            ToolRun run = ToolRun.Of(command, file);
            Assert.That(run.ExitCode, Is.EqualTo(2), command);
            Assert.That(run.Error, Does.Contain("is not an event file").And.Contain("notes.tfevents.txt"), command);
        }
    }

    [Test]
    public void A_run_that_cannot_be_read_does_not_hide_the_others()
    {
        WriteRun("a");
        Directory.CreateDirectory(Path.Combine(Runs, "b"));
        File.WriteAllText(Path.Combine(Runs, "b", "notes.tfevents"), "Dear diary, today the loss went up again.");
        ToolRun run = ToolRun.Of("list", Runs);
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain("loss"));
        Assert.That(run.Error, Does.StartWith("torchboard: warning: "));
    }

    [Test]
    public void A_directory_without_permission_is_reported()
    {
        Directory.CreateDirectory(Runs);
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
            Assert.Ignore("Everything may be read here.");
        else
            File.SetUnixFileMode(Runs, UnixFileMode.None);
        ToolRun run = ToolRun.Of("list", Runs);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain(Runs));
    }

    [Test]
    public void Show_draws_a_curve_with_its_extremes_and_last_points()
    {
        WriteRun("a");
        ToolRun run = ToolRun.Of("show", Runs, "loss", "--points", "2");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain("── a 0.01").And.Contain("Min").And.Match(@"a +98 +0\.01010101 "));
    }

    [Test]
    public void Show_draws_histograms_as_bars_and_writes_text()
    {
        using (var writer = new SummaryWriter(Runs))
        {
            for (int step = 0; step < 3; step++)
                writer.AddHistogram("weights", [0f, 1, 1, 2, 2, 2, 3, 3, 4], step);
            writer.AddText("notes", "# Heading\nline", 7);
        }

        Assert.That(ToolRun.Of("show", Runs, "weights").Output, Does.Contain("9 values from 0 to 4").And.Contain("██"));
        Assert.That(ToolRun.Of("show", Runs, "notes").Output, Does.Contain("  # Heading\n  line\n"));
        ToolRun run = ToolRun.Of("show", Runs, "weights", "--step", "9");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("no value at step 9; the nearest step is 2"));
    }

    [Test]
    public void Show_names_the_tags_nearest_to_a_missing_one()
    {
        WriteRun("a");
        ToolRun run = ToolRun.Of("show", Runs, "lss");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("'lss'").And.Contain("'loss'"));
    }

    [Test]
    public void Json_has_NaN_and_the_infinities_as_strings()
    {
        double[] values = [double.NaN, double.PositiveInfinity, 1];
        WriteRun("a", value: step => values[step], count: 3);
        var written = ToolRun.Of("show", Runs, "loss", "--json").Json.GetProperty("tags")[0].GetProperty("values");
        Assert.That(written.GetRawText(), Is.EqualTo("""["NaN","Infinity",1]"""));
    }

    [Test]
    public void Compare_takes_runs_of_the_same_name_at_the_steps_that_both_have()
    {
        WriteRun("a", value: _ => 2, count: 10);
        WriteRun("../other/a", value: _ => 3, count: 5);
        string[] common = ["compare", Runs, At("other"), "--allow-missing"];
        ToolRun run = ToolRun.Of("compare", Runs, At("other"), "--json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        var curve = run.Json.GetProperty("curves")[0];
        Assert.That(curve.GetProperty("steps").GetArrayLength(), Is.EqualTo(5));
        Assert.That(curve.GetProperty("largestDifference").GetDouble(), Is.EqualTo(1));
        Assert.That(ToolRun.Of([.. common, "--tolerance", "50%"]).ExitCode, Is.Zero);
        Assert.That(ToolRun.Of([.. common, "--tolerance", "49%"]).ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void Compare_gives_mean_and_deviation_over_seeds()
    {
        WriteRun("s1", value: _ => 1, count: 3);
        WriteRun("s2", value: _ => 3, count: 3);
        WriteRun("../other/s7", value: _ => 5, count: 3);
        ToolRun run = ToolRun.Of("compare", Runs, At("other"), "--seeds");
        Assert.That(run.Output, Does.Contain("2 ± 1.4").And.Contain("+150.0%"));
        Assert.That(ToolRun.Of("compare", Runs, At("other")).Error, Does.Contain("--seeds"));
    }

    [Test]
    public void Csv_has_a_line_for_each_point_and_quotes_names_if_needed()
    {
        WriteRun("a", tag: "x,\"y\"", value: step => step / 2.0, count: 2);
        ToolRun run = ToolRun.Of("export", Runs);
        string[] lines = run.Output.Split('\n');
        Assert.That(lines[0], Is.EqualTo("run,tag,step,wall_time,value"));
        Assert.That(lines[2], Does.StartWith("a,\"x,\"\"y\"\"\",1,").And.EndWith(",0.5"));
    }

    [TestCase("json")]
    [TestCase("jsonl")]
    public void Json_goes_to_a_file_of_its_name(string format)
    {
        WriteRun("a", count: 2);
        ToolRun run = ToolRun.Of("export", Runs, "--format", format, "--output", At("out"));
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        string text = File.ReadAllText(At("out", "scalars." + format));
        Assert.That(text, format == "json" ? Does.Contain("\"steps\":[0,1]") : Does.Contain("\"step\":1"));
    }

    [Test]
    public void Pictures_and_text_become_files_that_stay_below_the_output_whatever_the_tag()
    {
        using (var writer = new SummaryWriter(Runs))
        {
            writer.AddText("../../../escaped", "one", 1);
            writer.AddText("/etc/escaped", "two", 1);
            writer.AddText("a:b", "three", 1);
            writer.AddText("a_b", "four", 1);
            writer.AddImage("picture", new float[12], 5, ImageLayout.Chw, [3, 2, 2]);
        }

        ToolRun run = ToolRun.Of("export", Runs, "--format", "files", "--output", At("deep", "out"));
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        string[] files = [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(Runs, StringComparison.Ordinal))];
        Assert.That(files, Has.Length.EqualTo(5));
        Assert.That(files, Has.All.StartsWith(At("deep", "out")));
        string[] texts =
            [.. files.Where(file => file.EndsWith(".md", StringComparison.Ordinal)).Select(File.ReadAllText)];
        Assert.That(texts, Is.EquivalentTo((string[])["one", "two", "three", "four"]));
        string picture =
            files.Single(file => file.EndsWith(Path.Combine("picture", "5.png"), StringComparison.Ordinal));
        Assert.That(File.ReadAllBytes(picture).AsSpan(1, 3).SequenceEqual(Encoding.ASCII.GetBytes("PNG")), Is.True);
    }

    [Test]
    public void The_files_format_requires_an_output()
    {
        WriteRun("a");
        Assert.That(ToolRun.Of("export", Runs, "--format", "files").Error, Does.Contain("--output"));
        Assert.That(ToolRun.Of("export", Runs, "--format", "xml").ExitCode, Is.EqualTo(2));
    }
}
