namespace TorchBoard.Events;

/// <summary>
/// The wall time of events. Asking the system takes a third of the time that a scalar does, so within one tick of
/// its coarse clock (a few milliseconds) a thread gets the answer that it got before.
/// </summary>
internal sealed class EventClock(TimeProvider provider)
{
    [ThreadStatic]
    private static long _tick;

    [ThreadStatic]
    private static double _seconds;

    private readonly bool _isSystem = provider == TimeProvider.System;

    /// <summary>Now, in seconds since 1970-01-01 UTC.</summary>
    public double Now() => _isSystem && Environment.TickCount64 == _tick ? _seconds : ExactNow();

    /// <summary>Now, to the system's full precision, for what later events must not seem to precede.</summary>
    public double ExactNow()
    {
        double seconds = WallTime.Seconds(provider.GetUtcNow());
        if (_isSystem)
            (_tick, _seconds) = (Environment.TickCount64, seconds);
        return seconds;
    }
}
