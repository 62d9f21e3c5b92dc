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
