using System.Diagnostics;
using TorchBoard.Pipeline;

namespace TorchBoard.Tests.Pipeline;

/// <summary>When the background thread acts: times of the system's clock, between bounds that hold on any machine.</summary>
internal sealed class ScheduleTests
{
    private static readonly Exception Cause = new IOException("full");

    [Test]
    public void Attempts_become_less_frequent_from_a_tenth_of_a_second_to_five()
    {
        var outage = new Outage();
        Assert.That((outage.IsDue, outage.Cause), Is.EqualTo((true, (Exception?)null)));
        int[] milliseconds = [100, 200, 400, 800, 1600, 3200, 5000, 5000];
        for (int i = 0; i < milliseconds.Length; i++)
        {
            AssertDelay(outage, milliseconds[i], isFirst: i == 0);
            Assert.That(outage.Cause, Is.SameAs(Cause));
        }

        Assert.That(outage.IsDue, Is.False, "within five seconds");
        Assert.That(outage.End(), Is.True);
        Assert.That((outage.End(), outage.IsDue, outage.Cause), Is.EqualTo((false, true, (Exception?)null)));
        AssertDelay(outage, 100, isFirst: true);
    }

    [Test]
    public void An_attempt_is_due_after_the_delay()
    {
        var outage = new Outage();
        outage.Fail(Cause);
        Assert.That(() => outage.IsDue, Is.True.After(30_000, 10));
        Assert.That(outage.UntilRetry, Is.LessThanOrEqualTo(TimeSpan.Zero));
    }

    [Test]
    public void A_deadline_is_over_when_its_time_has_passed()
    {
        var now = new Deadline(TimeSpan.Zero);
        var later = new Deadline(TimeSpan.FromDays(1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((now.IsOver, now.Left), Is.EqualTo((true, TimeSpan.Zero)));
            Assert.That(later.IsOver, Is.False);
            Assert.That(later.Left, Is.InRange(TimeSpan.FromHours(23), TimeSpan.FromDays(1)));
            Assert.That(() => now.Left, Is.EqualTo(TimeSpan.Zero), "never negative");
        }
    }

    [Test]
    public void Without_an_interval_and_an_outage_nothing_is_due()
    {
        var schedule = new WriteSchedule(Timeout.InfiniteTimeSpan);
        Assert.That(
            (schedule.IsFlushDue, schedule.UntilNext, schedule.UntilRetry),
            Is.EqualTo((false, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)));
    }

    [Test]
    public void A_flush_is_due_an_interval_after_the_last_one()
    {
        var day = new WriteSchedule(TimeSpan.FromDays(1));
        Assert.That((day.IsFlushDue, day.UntilRetry), Is.EqualTo((false, Timeout.InfiniteTimeSpan)));
        Assert.That(day.UntilNext, Is.InRange(TimeSpan.FromHours(23), TimeSpan.FromDays(1)));

        var soon = new WriteSchedule(TimeSpan.FromMilliseconds(2));
        Assert.That(() => soon.IsFlushDue, Is.True.After(30_000, 1));
        Assert.That(soon.UntilNext, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void An_interval_shorter_than_a_thread_can_sleep_is_a_millisecond()
    {
        var schedule = new WriteSchedule(TimeSpan.FromTicks(1));
        for (int i = 0; i < 1000; i++)
        {
            schedule.Flushed();
            TimeSpan next = schedule.UntilNext;
            Assert.That(next, Is.EqualTo(TimeSpan.FromMilliseconds(1)).Or.EqualTo(TimeSpan.Zero), "whole milliseconds");
            if (next > TimeSpan.Zero)
                return;
        }

        Assert.Fail("It is never a millisecond.");
    }

    [Test]
    public void The_first_attempt_that_is_due_is_waited_for_in_whole_milliseconds()
    {
        var writer = new BackgroundWriter(
            new PipelineOptions(Timeout.InfiniteTimeSpan, TimeSpan.Zero, false, TimeSpan.Zero, GetType()),
            new BatchPool(1 << 20), new ToldFailures());
        RunOutput[] outputs = [.. Enumerable.Range(0, 2).Select(_ => new RunOutput("run", writer, () => null!, _ => []))];
        foreach (RunOutput output in outputs)
        {
            for (int i = 0; i < 10; i++)
                output.Outage.Fail(Cause);
        }

        var schedule = new WriteSchedule(TimeSpan.FromDays(1));
        schedule.Retry(outputs[0]);
        schedule.Retry(outputs[1]);
        outputs[0].Outage.End();
        outputs[0].Outage.Fail(Cause);

        Assert.That(schedule.Failing, Is.EqualTo(outputs));
        Assert.That(schedule.UntilRetry, Is.LessThanOrEqualTo(TimeSpan.FromMilliseconds(100)));
        schedule.Recovered(outputs[0]);
        TimeSpan next = schedule.UntilNext;
        Assert.That(next, Is.InRange(TimeSpan.FromMilliseconds(101), TimeSpan.FromSeconds(5)));
        Assert.That(next.Ticks % TimeSpan.TicksPerMillisecond, Is.Zero);
        schedule.Recovered(outputs[1]);
        Assert.That(schedule.UntilRetry, Is.EqualTo(Timeout.InfiniteTimeSpan));
    }

    private static void AssertDelay(Outage outage, int milliseconds, bool isFirst)
    {
        long start = Stopwatch.GetTimestamp();
        Assert.That(outage.Fail(Cause), Is.EqualTo(isFirst));
        TimeSpan left = outage.UntilRetry;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        var delay = TimeSpan.FromMilliseconds(milliseconds);
        Assert.That(left, Is.InRange(delay - elapsed, delay));
    }
}
