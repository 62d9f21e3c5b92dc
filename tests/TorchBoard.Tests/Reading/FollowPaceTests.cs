using System.Diagnostics;
using TorchBoard.Reading;

namespace TorchBoard.Tests.Reading;

internal sealed class FollowPaceTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(5);

    [Test]
    public void Looking_takes_a_small_part_of_the_time_however_long_it_takes()
    {
        var pace = new FollowPace(Interval);
        Look(pace);
        Assert.That(pace.End(), Is.EqualTo(Interval), "a single look may have been interrupted");
        Look(pace);
        Assert.That(pace.End(), Is.GreaterThan(Long * 50));
    }

    [Test]
    public void Reading_new_events_does_not_count()
    {
        var pace = new FollowPace(Interval);
        TimeSpan wait = TimeSpan.MaxValue;
        for (int look = 0; look < 20; look++)
        {
            pace.Begin();
            pace.Pause();
            Spin(Long);
            pace.Resume();
            wait = pace.End();
        }

        Assert.That(wait, Is.LessThan(Long * 50));
    }

    [Test]
    public void Files_that_grew_are_looked_at_in_between()
    {
        var pace = new FollowPace(Interval);
        var run = new EventStream("run", null, null, null);
        Look(pace);
        pace.End();
        Look(pace);
        pace.IsActive(run, "file");
        Assert.That(pace.End(), Is.EqualTo(Interval));

        pace.Begin();
        Assert.That(pace.OnlyActive, Is.EqualTo([(run, "file")]));
        TimeSpan waited = pace.End();
        while (true)
        {
            pace.Begin();
            if (pace.OnlyActive is null)
                break;
            waited += pace.End();
        }

        Assert.That(waited, Is.GreaterThan(Long * 50 - Interval), "then at all of them");
    }

    private static void Look(FollowPace pace)
    {
        pace.Begin();
        Assert.That(pace.OnlyActive, Is.Null);
        Spin(Long);
    }

    private static void Spin(TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
        }
    }
}
