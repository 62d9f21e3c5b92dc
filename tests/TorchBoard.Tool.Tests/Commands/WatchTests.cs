using System.Diagnostics;
using System.Text.Json;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Tests.Commands;

[NonParallelizable]
internal sealed class WatchTests : RunsFixture
{
    private static readonly CurveStyle Plain = new(0, false, HorizontalAxis.Step, DrawsEach: false);

    [Test]
    public async Task A_new_point_is_seen_within_a_second_of_its_flush_and_Ctrl_C_ends_with_0()
    {
        Directory.CreateDirectory(Runs);
        using var writer = new SummaryWriter(Path.Combine(Runs, "a"));
        writer.AddScalar("loss", 2, 0);
        writer.Flush();
        using ToolProcess tool = ToolProcess.Start("watch", Runs, "--json");
        Assert.That(await StepOf(tool), Is.Zero);

        for (int step = 1; step <= 3; step++)
        {
            writer.AddScalar("loss", 1, step);
            writer.Flush();
            long flushed = Stopwatch.GetTimestamp();
            Assert.That(await StepOf(tool), Is.EqualTo(step));
            Assert.That(Stopwatch.GetElapsedTime(flushed).TotalSeconds, Is.LessThan(1));
        }

        if (OperatingSystem.IsWindows())
            return;
        tool.Interrupt();
        ToolRun run = tool.End();
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Is.Empty);
    }

    [Test]
    public void Once_shows_the_current_state_and_exits()
    {
        WriteRun("a");
        ToolRun run = ToolRun.Of("watch", Runs, "--once");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain("a  loss  step 99  0.01  (+100 points)"));
    }

    [Test]
    public void A_time_limit_exits_with_0_even_if_nothing_has_been_written()
    {
        Directory.CreateDirectory(Runs);
        ToolRun run = ToolRun.Of("watch", Runs, "--for", "0.1");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
    }

    [Test]
    public async Task A_directory_that_does_not_exist_yet_is_waited_for()
    {
        using ToolProcess tool = ToolProcess.Start("watch", Runs, "--json");
        using var writer = new SummaryWriter(Path.Combine(Runs, "a"));
        writer.AddScalar("loss", 2, 5);
        writer.Flush();
        Assert.That(await StepOf(tool), Is.EqualTo(5));
    }

    [Test]
    public void A_missing_directory_is_reported_once_and_is_nothing_to_read_without_waiting()
    {
        ToolRun waiting = ToolRun.Of("watch", At("nowhere"), "--for", "0.1");
        Assert.That(waiting.ExitCode, Is.Zero);
        Assert.That(
            waiting.Error,
            Is.EqualTo($"torchboard: warning: '{At("nowhere")}' does not exist yet; waiting for it\n"));
        Assert.That(ToolRun.Of("watch", At("nowhere"), "--once").ExitCode, Is.EqualTo(2));
        Assert.That(ToolRun.Of("watch", At("nowhere"), "--interval", "0").Error, Does.Contain("--interval"));
    }

    [Test]
    public void Frames_fit_the_window_and_overlay_the_runs()
    {
        var curves = new WatchedCurves(_ => true);
        foreach (string tag in (string[])["loss", "accuracy", "rate"])
        {
            curves.Add(new ScalarSeries("one", tag, [0, 1, 2], [3, 2, 1]));
            curves.Add(new ScalarSeries("two", tag, [0, 1, 2], [1, 2, 3]));
        }

        string[] frame = ChartScreen.Frame(curves, Plain, 79, 23, color: false).Split('\n');
        Assert.That(frame, Has.Length.LessThanOrEqualTo(23));
        Assert.That(frame, Has.All.Length.LessThanOrEqualTo(79));
        Assert.That(frame, Has.Some.Contains("── one 1   ── two 3"));
        Assert.That(frame[^1], Is.EqualTo("18 points · tags 1–2 of 3: n, p turn pages · Ctrl-C to exit"));
    }

    [TestCase(79, 23, 1, 2)]
    [TestCase(120, 23, 2, 2)]
    [TestCase(200, 23, 3, 2)]
    [TestCase(200, 60, 2, 5)]
    public void A_frame_shows_as_many_tags_as_fit_beside_and_below_each_other(int width, int height, int columns, int rows)
    {
        var curves = new WatchedCurves(_ => true);
        for (int i = 0; i < 10; i++)
            curves.Add(new ScalarSeries("run", $"tag-{i}", [0, 1, 2], [i, i + 1, i + 2]));
        foreach (bool color in (bool[])[false, true])
        {
            string[] frame = [.. ChartScreen.Frame(curves, Plain, width, height, color).Split('\n').Select(WithoutColor)];
            Assert.That(frame, Has.Length.LessThanOrEqualTo(height));
            Assert.That(frame, Has.All.Length.LessThanOrEqualTo(width));
            string[] titles = [.. frame.Where(line => line.TrimStart().StartsWith("tag-", StringComparison.Ordinal))];
            Assert.That(titles, Has.Length.EqualTo(rows));
            Assert.That(titles[0].Split("tag-"), Has.Length.EqualTo(columns + 1));
        }
    }

    [Test]
    public void Pages_have_each_tag_and_follow_each_other_in_a_circle()
    {
        var curves = new WatchedCurves(_ => true);
        foreach (string tag in (string[])["a", "b", "c"])
            curves.Add(new ScalarSeries("run", tag, [0, 1], [0, 1]));
        string[] pages = [.. Enumerable.Range(-2, 5).Select(page => ChartScreen.Frame(curves, Plain, 79, 12, color: false, page))];
        Assert.That(pages.Select(page => page.Split('\n')[0].Trim()), Is.EqualTo(new[] { "b", "c", "a", "b", "c" }));
        Assert.That(pages[0], Does.EndWith("6 points · tag 2 of 3: n, p turn pages · Ctrl-C to exit"));
    }

    private static string WithoutColor(string line) => System.Text.RegularExpressions.Regex.Replace(line, @"\e\[[0-9;]*m", "");

    [Test]
    public void Restarts_also_purge_points_of_watched_curves()
    {
        string path = WriteRun("a", value: step => step, count: 100);
        using (var writer = new SummaryWriter(path, new SummaryWriterOptions { PurgeStep = 40 }))
            writer.AddScalar("loss", -1, 40);
        using (var writer = new SummaryWriter(path, new SummaryWriterOptions { PurgeStep = 20 }))
            writer.AddScalar("loss", -2, 20);

        var looked = new WatchedCurves(_ => true);
        var seldom = new WatchedCurves(_ => true);
        foreach (LoggedEvent logged in RunLog.ReadEvents(path))
        {
            looked.Add(logged);
            looked.Snapshot();
            seldom.Add(logged);
        }

        long[] meant = [.. Enumerable.Range(0, 21).Select(step => (long)step)];
        foreach (WatchedCurves curves in (WatchedCurves[])[looked, seldom])
        {
            ScalarSeries curve = curves.Snapshot().Single().Curves.Single();
            Assert.That(curve.Steps.ToArray(), Is.EqualTo(meant));
            Assert.That(curve.Values[^1], Is.EqualTo(-2));
        }

        Assert.That(ToolRun.Of("check", path, "--strict").ExitCode, Is.Zero, "no step goes backward");
    }

    private static async Task<long> StepOf(ToolProcess tool)
    {
        string line = await tool.ReadLineAsync() ?? "";
        return JsonDocument.Parse(line).RootElement.GetProperty("step").GetInt64();
    }
}
