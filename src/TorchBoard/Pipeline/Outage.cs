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

    public bool IsDue => Cause is null || Stopwatch.GetElapsedTime(_lastAttempt) >= _delay;

    public TimeSpan Delay => Cause is null ? Timeout.InfiniteTimeSpan : _delay;

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
