using System.Diagnostics;

namespace TorchBoard.Pipeline;

/// <summary>
/// A time in which a run cannot be written: told once when it begins and once when it ends, with attempts
/// between that grow rarer.
/// </summary>
internal sealed class Outage
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    /// <summary>The pause between attempts while a writer closes.</summary>
    public static readonly TimeSpan RetryWhileClosing = TimeSpan.FromMilliseconds(50);

    private long _lastAttempt;
    private TimeSpan _delay = FirstDelay;

    /// <summary>Why the last attempt failed, or null while all is well.</summary>
    public Exception? Cause { get; private set; }

    /// <summary>Whether the run may be written: always while all is well, and at times while it fails.</summary>
    public bool IsDue => Cause is null || UntilRetry <= TimeSpan.Zero;

    /// <summary>The time until the next attempt, while there is an outage.</summary>
    public TimeSpan UntilRetry => _delay - Stopwatch.GetElapsedTime(_lastAttempt);

    /// <summary>Notes a failure; true where it is the first.</summary>
    public bool Fail(Exception cause)
    {
        bool first = Cause is null;
        _delay = first ? FirstDelay : TimeSpan.FromTicks(Math.Min(_delay.Ticks * 2, LongestDelay.Ticks));
        _lastAttempt = Stopwatch.GetTimestamp();
        Cause = cause;
        return first;
    }

    /// <summary>Notes a success; true where it ends a failure.</summary>
    public bool End()
    {
        bool ended = Cause is not null;
        Cause = null;
        return ended;
    }
}
