namespace TorchBoard.Tests.Faults;

/// <summary>
/// Clocks that jump: back, as when they are set, and far ahead, as after a suspended machine resumes.
/// </summary>
internal sealed class ClockTests
{
    [Test]
    public void Steps_and_files_stay_in_order_when_the_clock_jumps()
    {
        using var directory = new TestDirectory();
        var start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var clock = new SetClock { Now = start };
        var options = new SummaryWriterOptions { TimeProvider = clock };
        using (var writer = new SummaryWriter(directory, options))
        {
            writer.AddScalar("x", 0, 0);
            clock.Now = start.AddHours(-1);
            writer.AddScalar("x", 1, 1);
            clock.Now = start.AddDays(30);
            writer.AddScalar("x", 2, 2);
        }

        clock.Now = start.AddYears(-1);
        using (var writer = new SummaryWriter(directory, options))
            writer.AddScalar("x", 3, 3);

        ScalarSeries x = RunLog.Open(directory).Scalars["x"];
        DateTimeOffset[] times = [start, start.AddHours(-1), start.AddDays(30), start.AddYears(-1)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(x.Values.ToArray(), Is.EqualTo([0.0, 1, 2, 3]), "in the order of the calls");
            Assert.That(
                x.WallTimes.ToArray(), Is.EqualTo(times.Select(time => time.ToUnixTimeMilliseconds() / 1000.0)));
        }
    }

    [Test]
    public void The_flush_interval_is_kept_when_the_clock_leaps_by_hours_ahead_and_back()
    {
        using var directory = new TestDirectory();
        var start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var clock = new SetClock { Now = start };
        double[] hours = [0, 7, -7, 24 * 365, 0];
        using var writer = new SummaryWriter(
            directory,
            new SummaryWriterOptions { TimeProvider = clock, FlushInterval = TimeSpan.FromMilliseconds(50) });
        for (int step = 0; step < hours.Length; step++)
        {
            clock.Now = start.AddHours(hours[step]);
            writer.AddScalar("x", step, step);
            Assert.That(() => Count(directory), Is.EqualTo(step + 1).After(30_000, 10), "nobody has flushed");
        }

        ScalarSeries x = RunLog.Open(directory).Scalars["x"];
        Assert.That(x.Steps.ToArray(), Is.EqualTo(Enumerable.Range(0, hours.Length)));
        Assert.That(
            x.WallTimes.ToArray(), Is.EqualTo(hours.Select(hour => (double)start.AddHours(hour).ToUnixTimeSeconds())));
    }

    [TestCase(0001)]
    [TestCase(1969)]
    [TestCase(9999)]
    public void A_wrong_clock_does_not_stop_writing(int year)
    {
        using var directory = new TestDirectory();
        var clock = new SetClock { Now = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        for (int run = 0; run < 2; run++)
        {
            using var writer = new SummaryWriter(directory, new SummaryWriterOptions { TimeProvider = clock });
            writer.AddScalar("x", run, run);
        }

        Assert.That(RunLog.Open(directory).Scalars["x"].Values.ToArray(), Is.EqualTo([0.0, 1]));
    }

    private static int Count(string directory) =>
        RunLog.Open(directory).Scalars.TryGetValue("x", out ScalarSeries? x) ? x.Count : 0;
}
