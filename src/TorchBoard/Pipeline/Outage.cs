using System.Diagnostics;

namespace TorchBoard.Pipeline;

/// <summary>
/// A period in which a run cannot be written. Reported once when it begins and once when it ends; attempts in between
/// become less frequent.
/// </summary>
internal sealed class Outage
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    /// <summary>The pause between attempts while a writer closes.</summary>
    public static readonly TimeSpan RetryWhileClosing = TimeSpan.FromMilliseconds(50);

    private long _lastAttempt;
    private TimeSpan _delay = FirstDelay;

    /// <summary>The reason for the last failure; null if there is no outage.</summary>
    public Exception? Cause { get; private set; }

    /// <summary>Whether to write the run now: always without an outage, at intervals during one.</summary>
    public bool IsDue => Cause is null || UntilRetry <= TimeSpan.Zero;

    /// <summary>The time until the next attempt during an outage.</summary>
    public TimeSpan UntilRetry => _delay - Stopwatch.GetElapsedTime(_lastAttempt);

    /// <summary>Records a failure; returns true if it is the first.</summary>
    public bool Fail(Exception cause)
    {
        bool first = Cause is null;
        _delay = first ? FirstDelay : TimeSpan.FromTicks(Math.Min(_delay.Ticks * 2, LongestDelay.Ticks));
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
