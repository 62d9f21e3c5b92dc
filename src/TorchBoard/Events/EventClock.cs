namespace TorchBoard.Events;

/// <summary>
/// The wall time of events. Asking the system takes a third of the time that a scalar does, so within one tick of
/// its coarse clock (a few milliseconds) a thread gets the answer that it got before.
/// </summary>
internal sealed class EventClock(TimeProvider provider)
{
    [ThreadStatic]
    private static long t_tick;

    [ThreadStatic]
    private static double t_seconds;

    private readonly bool _isSystem = provider == TimeProvider.System;

    /// <summary>Now, in seconds since 1970-01-01 UTC.</summary>
    public double Now()
    {
        if (!_isSystem)
            return WallTime.Seconds(provider.GetUtcNow());

        long tick = Environment.TickCount64;
        if (tick == t_tick)
            return t_seconds;
        t_tick = tick;
        return t_seconds = WallTime.Seconds(provider.GetUtcNow());
    }
}
