using TorchBoard.Protos;

namespace TorchBoard.Tests.Reading;

/// <summary>Single wall times are dates; columns of wall times are the numbers of the file.</summary>
internal sealed class WallTimeTests
{
    [TestCase(0, "1970-01-01T00:00:00.0000000+00:00")]
    [TestCase(1_700_000_000.25, "2023-11-14T22:13:20.2500000+00:00")]
    [TestCase(-0.5, "1969-12-31T23:59:59.5000000+00:00")]
    [TestCase(1e300, "9999-12-31T23:59:59.9999999+00:00")]
    [TestCase(-1e300, "0001-01-01T00:00:00.0000000+00:00")]
    [TestCase(double.PositiveInfinity, "9999-12-31T23:59:59.9999999+00:00")]
    [TestCase(double.NegativeInfinity, "0001-01-01T00:00:00.0000000+00:00")]
    [TestCase(double.NaN, "1970-01-01T00:00:00.0000000+00:00")]
    public void Every_number_of_seconds_is_a_date(double seconds, string date)
    {
        using var directory = new TestDirectory();
        byte[] record = TorchBoard.Events.EventRecord.Encode(new Event
        {
            WallTime = seconds,
            Summary = new Summary { Value = { new Summary.Types.Value { Tag = "a", SimpleValue = 1 } } },
        });
        EventBytes.Write(directory, [EventBytes.Opening(), record]);

        ScalarSeries series = RunLog.Open(directory).Scalars["a"];
        LoggedEvent logged = RunLog.ReadEvents(directory).Last();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(logged.WallTime.ToString("O"), Is.EqualTo(date));
            Assert.That(series.WallTimeAt(0), Is.EqualTo(logged.WallTime));
            Assert.That(series.WallTimes[0], Is.EqualTo(seconds));
        }
    }

    [Test]
    public void A_written_time_is_read_to_within_its_precision()
    {
        using var directory = new TestDirectory();
        var written = new DateTimeOffset(2026, 11, 26, 12, 34, 56, 789, 123, TimeSpan.FromHours(2));
        using (var writer = new SummaryWriter(directory))
            writer.AddScalar("a", 1, 0, written);
        DateTimeOffset read = RunLog.Open(directory).Scalars["a"].WallTimeAt(0);
        Assert.That((read - written).Duration(), Is.LessThan(TimeSpan.FromMicroseconds(0.5)));
    }
}
