using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Tests.Output;

/// <summary>Curves of many runs, at a step, and over time.</summary>
internal sealed class CurveViewTests : RunsFixture
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 22, 0, 0, TimeSpan.Zero);

    [Test]
    public void Many_runs_are_drawn_as_their_mean_and_range_unless_all_are_asked_for()
    {
        for (int run = 0; run < 9; run++)
            WriteRun($"run-{run}", value: step => run, count: 10);
        ToolRun shown = ToolRun.Of("show", Runs, "loss");
        Assert.That(shown.Output, Does.Contain("── least 0   ── greatest 8   ── mean of 9 runs 4\n"));
        Assert.That(shown.Output, Does.Contain("run-0").And.Contain("run-8").And.Not.Contain("run-4"));
        Assert.That(shown.Output, Does.Contain("The runs that end lowest and highest. 3 more runs: --all shows each."));
        Assert.That(ToolRun.Of("show", Runs).Output, Does.Contain("mean of 9 runs"));

        string all = ToolRun.Of("show", Runs, "loss", "--all").Output;
        Assert.That(all, Does.Contain("── run-4 4").And.Not.Contain("mean of"));
    }

    [Test]
    public void The_range_is_linear_between_points_and_counts_only_runs_that_are_there()
    {
        CurveRange range = CurveRange.Of([([0, 4], [0, 8]), ([0, 1, 2], [4, double.NaN, 4])], 5);
        Assert.That(range.X, Is.EqualTo(new double[] { 0, 1, 2, 3, 4 }));
        Assert.That(range.Mean, Is.EqualTo(new double[] { 2, 3, 4, 6, 8 }));
        Assert.That(range.Least, Is.EqualTo(new double[] { 0, 2, 4, 6, 8 }));
        Assert.That(range.Greatest, Is.EqualTo(new double[] { 4, 4, 4, 6, 8 }));
        Assert.That(range.Fewest, Is.EqualTo(1));
    }

    [Test]
    public void A_step_shows_the_value_of_each_run_or_the_nearest()
    {
        WriteRun("long", value: step => step, count: 100);
        WriteRun("short", value: step => -step, count: 10);
        ToolRun run = ToolRun.Of("show", Runs, "loss", "--step", "20");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.StartWith("loss  step 20  not every run has it\n"));
        Assert.That(run.Output, Does.Match(@"long +20 +20 +[-0-9: ]+\n").And.Match(@"short +9 +-9 +[-0-9: ]+nearest\n"));
        Assert.That(ToolRun.Of("show", Runs, "loss", "--step", "5").Output, Does.Not.Contain("nearest"));
    }

    [Test]
    public void The_horizontal_axis_is_the_step_the_time_since_the_first_point_or_the_wall_time()
    {
        WriteTimed("a", hours: 1);
        WriteTimed("b", hours: 3);
        string[] line = ["show", Runs, "loss", "--points", "0"];
        Assert.That(ToolRun.Of(line).Output, Does.Match(@"\n +0 +5 +10\n"));
        Assert.That(ToolRun.Of([.. line, "--x", "relative"]).Output, Does.Contain("loss (by time)\n").And.Match(@"\n +0 s +83\.3 min +3 h\n"));
        Assert.That(
            ToolRun.Of([.. line, "--x", "wall"]).Output,
            Does.Contain("loss (from 2026-03-01, UTC)\n").And.Match(@"\n +03-01 22:00 +03-01 23:\d\d +03-02 01:00\n"));
        Assert.That(ToolRun.Of([.. line, "--run", "a", "--x", "wall"]).Output, Does.Match(@"\n +22:00:00 +22:\d\d:\d\d +23:00:00\n"));
        Assert.That(ToolRun.Of([.. line, "--x", "time"]).ExitCode, Is.EqualTo(2));
    }

    [Test]
    public void Compare_draws_over_time_and_says_which_steps_are_common()
    {
        WriteTimed("a", hours: 1);
        WriteTimed("../other/b", hours: 2);
        string[] line = ["compare", Runs, At("other")];
        Assert.That(ToolRun.Of(line).Output, Does.Match(@"loss +0–10 +"));
        Assert.That(ToolRun.Of([.. line, "--x", "relative"]).Output, Does.Match(@"\n +0 s +[0-9.]+ min +2 h\n"));
    }

    private void WriteTimed(string name, int hours)
    {
        using var writer = new SummaryWriter(Path.Combine(Runs, name));
        for (int step = 0; step <= 10; step++)
            writer.AddScalar("loss", step, step, Start.AddHours(hours * step / 10.0));
    }
}
