using System.Text.Json;

namespace TorchBoard.Tool.Tests.Averaging;

/// <summary>Mean and deviation of several runs, written as a run that TensorBoard draws with a band.</summary>
internal sealed class AverageTests : RunsFixture
{
    private string Mean => At("mean");

    [Test]
    public void The_run_has_mean_deviation_band_and_number_of_runs_of_each_step()
    {
        WriteRun("seed0", value: step => step, count: 4);
        WriteRun("seed1", value: step => step + 3, count: 4);
        WriteRun("seed2", value: step => step + 6, count: 2);
        ToolRun run = ToolRun.Of("average", Runs, "--output", Mean);
        Assert.That(run.ExitCode, Is.Zero, run.Error);

        RunLog mean = RunLog.Open(Mean);
        Assert.That(mean.Scalars["loss"].Steps.ToArray(), Is.EqualTo(new long[] { 0, 1, 2, 3 }));
        Assert.That(mean.Scalars["loss"].Values.ToArray(), Is.EqualTo(new[] { 3, 4, 3.5, 4.5 }));
        double two = Math.Sqrt(4.5);
        Assert.That(mean.Scalars["sd/loss"].Values.ToArray(), Is.EqualTo(new[] { 3, 3, two, two }).Within(1e-6));
        Assert.That(mean.Scalars["mean-sd/loss"].Values.ToArray(), Is.EqualTo(new[] { 0, 1, 3.5 - two, 4.5 - two }).Within(1e-6));
        Assert.That(mean.Scalars["mean+sd/loss"].Values.ToArray(), Is.EqualTo(new[] { 6, 7, 3.5 + two, 4.5 + two }).Within(1e-6));
        Assert.That(mean.Scalars["runs/loss"].Values.ToArray(), Is.EqualTo(new double[] { 3, 3, 2, 2 }));
        Assert.That(mean.Tags["loss"].Description, Is.EqualTo("The mean of 3 runs."));
        Assert.That(run.Output, Does.Contain("The run 'seed2' has 2 of 4 steps of 'loss', the last at step 1."));
        Assert.That(run.Output, Does.Contain("2–3"));
    }

    [Test]
    public void The_numbers_are_those_of_compare()
    {
        var random = new Random(3);
        for (int seed = 0; seed < 5; seed++)
            WriteRun($"seed{seed}", value: _ => 1e6 + random.NextDouble(), count: 20 + seed);
        JsonElement average = ToolRun.Of("average", Runs, "--output", Mean, "--json").Json.GetProperty("curves")[0];
        JsonElement[] side = [.. ToolRun.Of("compare", Runs, Runs, "--seeds", "--json").Json.GetProperty("curves")[0].GetProperty("a").EnumerateArray()];
        Assert.That(side, Has.Length.EqualTo(24));
        for (int i = 0; i < side.Length; i++)
        {
            JsonElement deviation = average.GetProperty("deviations")[i];
            Assert.That(
                average.GetProperty("means")[i].GetDouble(), Is.EqualTo(side[i].GetProperty("mean").GetDouble()).Within(1e-9));
            if (side[i].GetProperty("runs").GetInt32() == 1)
                Assert.That(deviation.ValueKind, Is.EqualTo(JsonValueKind.Null));
            else
                Assert.That(deviation.GetDouble(), Is.EqualTo(side[i].GetProperty("deviation").GetDouble()).Within(1e-9));
            Assert.That(average.GetProperty("runs")[i].GetInt32(), Is.EqualTo(side[i].GetProperty("runs").GetInt32()));
        }
    }

    [Test]
    public void The_band_has_every_step_of_the_mean_and_is_drawn_by_a_layout()
    {
        WriteRun("a", value: step => step, count: 3);
        WriteRun("b", value: step => step, count: 2);
        WriteRun("b", "only (b)", count: 2);
        Assert.That(ToolRun.Of("average", Runs, "--output", Mean).ExitCode, Is.Zero);
        RunLog mean = RunLog.Open(Mean);
        foreach (string edge in (string[])["mean-sd/loss", "mean+sd/loss"])
            Assert.That(mean.Scalars[edge].Steps.ToArray(), Is.EqualTo(mean.Scalars["loss"].Steps.ToArray()));
        Assert.That(mean.Scalars["sd/loss"].Count, Is.EqualTo(2), "one run has no deviation");
        Assert.That(mean.Scalars["only (b)"].Count, Is.EqualTo(2));
        string layout = System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(OnlyFile(Mean)));
        Assert.That(layout, Does.Contain("custom_scalars__config__").And.Contain("mean-sd/loss"));

        ToolRun check = ToolRun.Of("check", Mean, "--strict");
        Assert.That(check.ExitCode, Is.Zero, check.Output);
    }

    [Test]
    public void Wall_times_are_those_since_the_start_on_average()
    {
        var start = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);
        foreach ((string name, int day, int pace) in ((string, int, int)[])[("a", 0, 10), ("b", 5, 20)])
        {
            using var writer = new SummaryWriter(Path.Combine(Runs, name));
            for (int step = 0; step < 3; step++)
                writer.AddScalar("loss", 1f, step, start.AddDays(day).AddSeconds(step * pace));
        }

        ToolRun.Of("average", Runs, "--output", Mean);
        ScalarSeries mean = RunLog.Open(Mean).Scalars["loss"];
        Assert.That(
            Enumerable.Range(0, 3).Select(mean.WallTimeAt), Is.EqualTo(new[] { start, start.AddSeconds(15), start.AddSeconds(30) }));
    }

    [Test]
    public void A_single_run_has_no_mean_and_a_name_of_two_meanings_is_rejected()
    {
        WriteRun("a");
        ToolRun single = ToolRun.Of("average", Runs, "--output", Mean);
        Assert.That(single.ExitCode, Is.EqualTo(2));
        Assert.That(single.Error, Does.Contain("Only the run 'a' has selected curves"));

        WriteRun("b");
        WriteRun("c", "sd/loss");
        ToolRun ambiguous = ToolRun.Of("average", Runs, "--output", Mean);
        Assert.That(ambiguous.ExitCode, Is.EqualTo(2));
        Assert.That(ambiguous.Error, Does.Contain("'sd/loss'").And.Contain("--tag"));
        Assert.That(Directory.Exists(Mean), Is.False);
        Assert.That(ToolRun.Of("average", Runs, "--tag", "loss", "--output", Mean).ExitCode, Is.Zero);

        ToolRun again = ToolRun.Of("average", Runs, "--tag", "loss", "--output", Mean);
        Assert.That(again.ExitCode, Is.EqualTo(2));
        Assert.That(again.Error, Does.Contain("already exists"));
    }
}
