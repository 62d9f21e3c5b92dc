using System.Diagnostics;

namespace TorchBoard.Pipeline;

/// <summary>
/// A period in which a run cannot be written. Reported once when it begins and once when it ends; attempts in between
/// become less frequent.
/// </summary>
internal sealed class Outage
{
    private const long FirstDelay = 100 * TimeSpan.TicksPerMillisecond;
    private const long LongestDelay = 5 * TimeSpan.TicksPerSecond;

    private long _lastAttempt;
    private long _delay = FirstDelay;

    /// <summary>The reason for the last failure; null if there is no outage.</summary>
    public Exception? Cause;

    /// <summary>Whether to write the run now: always without an outage, at intervals during one.</summary>
    public bool IsDue => Cause is null || UntilRetry <= TimeSpan.Zero;

    /// <summary>The time until the next attempt during an outage.</summary>
    public TimeSpan UntilRetry => new TimeSpan(_delay) - Stopwatch.GetElapsedTime(_lastAttempt);

    /// <summary>Records a failure; returns true if it is the first.</summary>
    public bool Fail(Exception cause)
    {
        bool first = Cause is null;
        _delay = first ? FirstDelay : Math.Min(_delay * 2, LongestDelay);
        _lastAttempt = Stopwatch.GetTimestamp();
        Cause = cause;
        return first;
    }

    /// <summary>Records a success; returns true if it ends an outage.</summary>
    public bool End()
    {
        bool ended = Cause is not null;
        Cause = null;
        return ended;
    }
}
