using System.Diagnostics;

namespace TorchBoard.Pipeline;

/// <summary>Times at which the background thread acts without a request: to flush and to retry failing runs.</summary>
/// <param name="flushInterval">The time between flushes; infinite for none.</param>
internal sealed class WriteSchedule(TimeSpan flushInterval)
{
    /// <summary>The runs that cannot be written at present.</summary>
    public readonly List<RunOutput> Failing = [];

    // A thread cannot sleep for less than a millisecond.
    private readonly TimeSpan _interval =
        flushInterval == Timeout.InfiniteTimeSpan || flushInterval.Ticks > TimeSpan.TicksPerMillisecond
            ? flushInterval
            : new TimeSpan(TimeSpan.TicksPerMillisecond);

    private long _flushed = Stopwatch.GetTimestamp();

    public bool IsFlushDue => _interval != Timeout.InfiniteTimeSpan && UntilFlush <= TimeSpan.Zero;

    /// <summary>The time until a flush or another attempt is due; infinite if none is.</summary>
    public TimeSpan UntilNext =>
        Earliest(_interval == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : UntilFlush);

    /// <summary>The time until another attempt to write a run is due; infinite if none is.</summary>
    public TimeSpan UntilRetry => Earliest(TimeSpan.MaxValue);

    private TimeSpan UntilFlush => _interval - Stopwatch.GetElapsedTime(_flushed);

    public void Flushed() => _flushed = Stopwatch.GetTimestamp();

    public void Retry(RunOutput output) => Failing.Add(output);

    public void Recovered(RunOutput output) => Failing.Remove(output);

    private TimeSpan Earliest(TimeSpan wait)
    {
        for (int i = 0; i < Failing.Count; i++)
            wait = Min(wait, Failing[i].Outage.UntilRetry);
        if (wait == TimeSpan.MaxValue)
            return Timeout.InfiniteTimeSpan;

        // A thread waits for whole milliseconds; rounded down, it would spin through the last one.
        return wait > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)) : TimeSpan.Zero;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
