using System.Runtime.CompilerServices;

namespace TorchBoard.Events;

/// <summary>What a thread that logs remembers from one call to the next, so that it need not be worked out again.</summary>
internal sealed class LoggingThread
{
    [ThreadStatic]
    private static LoggingThread? _current;

    /// <summary>The calling thread's.</summary>
    public static LoggingThread Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _current ?? Begin();
    }

    public ScalarTemplates Scalars { get; } = new();

    /// <summary>The tick of the system's coarse clock at which it last asked for the time.</summary>
    public long Tick { get; set; } = -1;

    /// <summary>The answer, in seconds since 1970-01-01 UTC.</summary>
    public double Seconds { get; set; }

    private static LoggingThread Begin() => _current = new LoggingThread();
}
