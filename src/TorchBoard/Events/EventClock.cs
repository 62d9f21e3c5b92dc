namespace TorchBoard.Events;

/// <summary>
/// The wall time of events. Asking the system takes longer than all the rest of a scalar, so within one tick of its
/// coarse clock (a few milliseconds) a thread gets the answer that it got before.
/// </summary>
internal sealed class EventClock(TimeProvider provider)
{
    private readonly bool _isSystem = provider == TimeProvider.System;

    /// <summary>Now, in seconds since 1970-01-01 UTC.</summary>
    public double Now() => Now(LoggingThread.Current);

    /// <inheritdoc cref="Now()"/>
    /// <param name="thread">The calling thread's memory.</param>
    public double Now(LoggingThread thread) =>
        _isSystem && CoarseClock.Tick == thread.Tick ? thread.Seconds : ExactNow(thread);

    /// <summary>Now, to the system's full precision, for what later events must not seem to precede.</summary>
    public double ExactNow() => ExactNow(LoggingThread.Current);

    private double ExactNow(LoggingThread thread)
    {
        double seconds = WallTime.Seconds(provider.GetUtcNow());
        if (_isSystem)
            (thread.Tick, thread.Seconds) = (CoarseClock.Tick, seconds);
        return seconds;
    }
}
