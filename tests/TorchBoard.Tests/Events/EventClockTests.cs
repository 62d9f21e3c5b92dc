using System.Diagnostics;
using TorchBoard.Events;

namespace TorchBoard.Tests.Events;

internal sealed class EventClockTests
{
    /// <summary>The longest tick of a coarse clock on any system, in seconds: 15.6 ms on Windows.</summary>
    private const double LongestTick = 0.016;

    private readonly EventClock _clock = new(TimeProvider.System);

    [Test]
    public void The_clock_is_at_most_one_tick_behind_and_never_ahead()
    {
        for (int i = 0; i < 10_000; i++)
        {
            double before = WallTime.Seconds(TimeProvider.System.GetUtcNow());
            double now = _clock.Now();
            double after = WallTime.Seconds(TimeProvider.System.GetUtcNow());

            Assert.That(now, Is.InRange(before - LongestTick, after), $"{i}");
        }
    }

    [Test]
    public void The_time_is_constant_within_a_tick_and_later_after_it()
    {
        (long tick, double first, double second) = TwiceInATick();
        Assert.That(second, Is.EqualTo(first));

        Assert.That(SpinWait.SpinUntil(() => CoarseClock.Tick != tick, TimeSpan.FromSeconds(5)), Is.True);
        Assert.That(CoarseClock.Tick, Is.GreaterThan(tick));
        Assert.That(_clock.Now(), Is.GreaterThan(first));
    }

    [Test]
    [Platform("Linux", Reason = "its coarse clock")]
    public void The_coarse_clock_is_at_most_one_tick_behind_the_exact_one()
    {
        long before = Stopwatch.GetTimestamp();
        long tick = CoarseClock.Tick;
        long after = Stopwatch.GetTimestamp();
        Assert.That(Stopwatch.Frequency, Is.EqualTo(1_000_000_000), "both count nanoseconds since the system started");
        Assert.That(tick, Is.InRange(before - (long)(LongestTick * 1e9), after));
    }

    [Test]
    public void A_custom_clock_is_read_each_time()
    {
        var given = new ManualTime();
        var clock = new EventClock(given);
        Assert.That(clock.Now(), Is.EqualTo(100));
        given.Seconds = 101.5;
        Assert.That(clock.Now(), Is.EqualTo(101.5));
    }

    // A tick may end at any moment: repeat until none ends between two reads.
    private (long Tick, double First, double Second) TwiceInATick()
    {
        while (true)
        {
            long tick = CoarseClock.Tick;
            double first = _clock.Now();
            double second = _clock.Now();
            if (CoarseClock.Tick == tick)
                return (tick, first, second);
        }
    }

    private sealed class ManualTime : TimeProvider
    {
        public double Seconds { get; set; } = 100;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(Seconds);
    }
}
