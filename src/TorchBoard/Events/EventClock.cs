namespace TorchBoard.Events;

/// <summary>
/// The wall time of events. Reading the system time takes longer than the rest of a scalar, so within one tick of the
/// coarse clock (a few milliseconds), a thread reuses the last time it read.
/// </summary>
internal sealed class EventClock(TimeProvider provider)
{
    private readonly bool _isSystem = provider == TimeProvider.System;

    /// <summary>Returns the current time in seconds since 1970-01-01 UTC.</summary>
    public double Now() => Now(LoggingThread.Current);

    /// <inheritdoc cref="Now()"/>
    /// <param name="thread">The cached state of the calling thread.</param>
    public double Now(LoggingThread thread) =>
        _isSystem && CoarseClock.Tick == thread.Tick ? thread.Seconds : ExactNow(thread);

    /// <summary>
    /// Returns the current time at full precision, for events that must not appear later than the next ones.
    /// </summary>
    public double ExactNow() => ExactNow(LoggingThread.Current);

    private double ExactNow(LoggingThread thread)
    {
        double seconds = WallTime.Seconds(provider.GetUtcNow());
        if (_isSystem)
            (thread.Tick, thread.Seconds) = (CoarseClock.Tick, seconds);
        return seconds;
    }
}
