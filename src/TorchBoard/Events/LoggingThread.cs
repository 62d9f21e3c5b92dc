using System.Runtime.CompilerServices;

namespace TorchBoard.Events;

/// <summary>State that a logging thread caches between calls.</summary>
internal sealed class LoggingThread
{
    public readonly ScalarTemplates Scalars = new();

    [ThreadStatic]
    private static LoggingThread? _current;

    /// <summary>The state of the calling thread.</summary>
    public static LoggingThread Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _current ?? Begin();
    }

    /// <summary>The tick of the coarse clock at which the thread last read the time.</summary>
    public long Tick = long.MinValue;

    /// <summary>The time it read, in seconds since 1970-01-01 UTC.</summary>
    public double Seconds;

    private static LoggingThread Begin() => _current = new LoggingThread();
}
