using System.Collections;
using TorchBoard.Histograms;
using TorchBoard.Reading;

namespace TorchBoard.Tests.Reading;

/// <summary>Series as sequences of points, and runs as users look for them.</summary>
internal sealed class SeriesTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1000);

    [Test]
    public void Points_of_a_curve_are_queried()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            foreach ((int step, double loss) in new[] { (0, 3.0), (10, 1.0), (20, 2.0) })
                writer.AddScalar("loss", loss, step, Start.AddSeconds(step));
        }

        ScalarSeries series = RunLog.Open(directory).Scalars["loss"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(series.MinBy(point => point.Value), Is.EqualTo(new SeriesPoint<double>(10, 1, Start.AddSeconds(10))));
            Assert.That(series.Where(point => point.Value > 1).Select(point => point.Step), Is.EqualTo(new[] { 0L, 20 }));
            Assert.That(series[^1].WallTime, Is.EqualTo(Start.AddSeconds(20)));
            Assert.That(series, Has.Count.EqualTo(3));
            Assert.That(() => series[3], Throws.TypeOf<IndexOutOfRangeException>());
        }
    }

    [Test]
    public void A_curve_of_another_source_has_copies_of_its_points()
    {
        long[] steps = [1, 2];
        double[] values = [3, double.NaN], times = [1000, 1001.5];
        var series = new ScalarSeries("run", "tag", steps, values, times);
        var timeless = new ScalarSeries("", "tag", [1, 2], [3, 4]);
        steps[0] = 9;
        values[0] = times[0] = 9;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((series.Run, series.Tag, series.Count, series.Info), Is.EqualTo(("run", "tag", 2, (TagInfo?)null)));
            Assert.That(series.Steps.ToArray(), Is.EqualTo([1L, 2]));
            Assert.That(series.Values.ToArray(), Is.EqualTo([3, double.NaN]));
            Assert.That(series.WallTimes.ToArray(), Is.EqualTo([1000, 1001.5]));
            Assert.That(series.WallTimeAt(1), Is.EqualTo(Start.AddSeconds(1.5)));
            Assert.That(timeless.WallTimes.ToArray(), Is.EqualTo([0.0, 0]));
            Assert.That(((IEnumerable)series).Cast<object>().Count(), Is.EqualTo(2));
        }
    }

    [Test]
    public void A_curve_has_as_many_values_and_times_as_steps()
    {
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("values", () => _ = new ScalarSeries("", "t", [1, 2], [1]), "Expected 2 values, one per step, got 1");
            Refusal.Of(
                "wallTimes", () => _ = new ScalarSeries("", "t", [1, 2], [1, 2], [1]),
                "Expected 2 wall times, one per step, or none, got 1");
            Refusal.Of("run", () => _ = new ScalarSeries(null!, "t", [], []));
            Refusal.Of("tag", () => _ = new ScalarSeries("", null!, [], []));
        }
    }

    [Test]
    public void The_points_of_values_have_run_tag_steps_and_times()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(Path.Combine(directory, "run")))
        {
            writer.AddText("t", "first", 4, wallTime: Start);
            writer.AddText("t", "second", 5, wallTime: Start.AddSeconds(1));
        }

        Series<TextValue> series = RunLog.Open(Path.Combine(directory, "run")).Text["t"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That((series.Run, series.Tag, series.Count), Is.EqualTo(("run", "t", 2)));
            Assert.That(series.Steps.ToArray(), Is.EqualTo([4L, 5]));
            Assert.That(series.WallTimes.ToArray(), Is.EqualTo([1000.0, 1001]));
            Assert.That(series.Values[1].ToString(), Is.EqualTo("second"));
            Assert.That(series[1].WallTime, Is.EqualTo(Start.AddSeconds(1)));
            Assert.That(((IEnumerable)series).Cast<object>().Count(), Is.EqualTo(2));
            Assert.That(
                (series.Info.FirstStep, series.Info.LastStep, series.Info.LastWallTime),
                Is.EqualTo((4L, 5L, (DateTimeOffset?)Start.AddSeconds(1))));
        }
    }

    [Test]
    public void Values_of_any_kind_are_queried()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddHistogram<int>("h", [1, 2, 3], 4, wallTime: Start);
            writer.AddHistogram<int>("h", [1, 2], 5, wallTime: Start);
        }

        Series<Histogram> series = RunLog.Open(directory).Histograms["h"];
        Assert.That(
            series.Select(point => (point.Step, point.Value.Counts.ToArray().Sum(), point.WallTime)),
            Is.EqualTo(new[] { (4L, 3.0, Start), (5L, 2.0, Start) }));
    }

    [Test]
    public async Task A_run_is_opened_asynchronously()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddScalar("loss", 1, 0);
        RunLog run = await RunLog.OpenAsync(directory, new RunLogOptions { Kinds = [TagKind.Scalar] });
        Assert.That(run.Scalars["loss"].Values[0], Is.EqualTo(1));
        Assert.That(
            () => RunLog.OpenAsync(directory, cancellationToken: new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(
            () => RunLog.OpenAsync(Path.Combine(directory, "missing")), Throws.TypeOf<DirectoryNotFoundException>());
    }

    [Test]
    public void A_parent_of_runs_is_not_a_run_and_the_message_names_them()
    {
        using var directory = new TestDirectory();
        foreach (int run in new[] { 10, 2 })
            Write($"version_{run}");
        string two = Message();
        foreach (int run in Enumerable.Range(20, 5))
            Write($"version_{run}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(two, Is.EqualTo(
                $"The directory '{directory.Path}' is not a run, but contains 'version_2', 'version_10'. "
                + "Open one of them, or all with LogDirectory.Open."));
            Assert.That(Message(), Does.Contain("contains 7 runs, such as 'version_2', 'version_10', 'version_20'"));
            Assert.That(() => RunLog.ReadEvents(directory), Throws.TypeOf<InvalidDataException>());
        }

        void Write(string name)
        {
            using var writer = new SummaryWriter(Path.Combine(directory, name));
            writer.AddScalar("loss", 1, 0);
        }

        string Message() => Assert.Throws<InvalidDataException>(() => RunLog.Open(directory))!.Message;
    }

    [Test]
    public void Runs_are_in_the_order_of_their_numbers()
    {
        using var directory = new TestDirectory();
        foreach (string name in new[] { ".", "version_10", "version_9", "version_9/b", "a2", "a10/x", "a1" })
        {
            using var writer = new SummaryWriter(Path.Combine(directory, name));
            writer.AddScalar("loss", 1, 0);
        }

        Assert.That(
            LogDirectory.Open(directory).Runs.Keys,
            Is.EqualTo(new[] { ".", "a1", "a2", "a10/x", "version_9", "version_9/b", "version_10" }));
    }

    [Test]
    public void Options_that_make_no_sense_are_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("MaxPoints", () => _ = new RunLogOptions { MaxPoints = 1 }, "must be at least 2, or null for all");
            Refusal.Of(
                "PollInterval", () => _ = new FollowOptions { PollInterval = TimeSpan.Zero }, "must be greater than zero");
            Assert.That(new RunLogOptions { MaxPoints = 2 }.MaxPoints, Is.EqualTo(2));
            Assert.That(new RunLogOptions { MaxPoints = null }.MaxPoints, Is.Null);
            Assert.That(new FollowOptions().PollInterval, Is.EqualTo(TimeSpan.FromMilliseconds(200)));
            Assert.That(
                new FollowOptions { PollInterval = TimeSpan.FromTicks(1) }.PollInterval, Is.EqualTo(TimeSpan.FromTicks(1)));
            Assert.That((new RunLogOptions().Graphs, new RunLogOptions().ApplyRestarts), Is.EqualTo((true, true)));
        }
    }

    [TestCase("version_2", "version_10")]
    [TestCase("", "a")]
    [TestCase("a", "a1")]
    [TestCase("a1", "ab")]
    [TestCase("a01", "a1")]
    [TestCase("a01b", "a1c")]
    [TestCase("1e9", "1e10")]
    [TestCase("99999999999999999999998", "99999999999999999999999")]
    [TestCase("A", "a")]
    [TestCase("lr0.02", "lr0.1")]
    [TestCase("lr0.001", "lr0.01")]
    [TestCase("v1.9", "v1.10")]
    [TestCase("step_005", "step_10")]
    [TestCase("0", "10")]
    public void Numbers_in_names_count_by_their_value(string first, string second)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(NaturalOrder.Instance.Compare(first, second), Is.Negative);
            Assert.That(NaturalOrder.Instance.Compare(second, first), Is.Positive);
            Assert.That(NaturalOrder.Instance.Compare(first, first), Is.Zero);
        }
    }
}
