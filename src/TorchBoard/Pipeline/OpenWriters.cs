using System.Runtime.InteropServices;

namespace TorchBoard.Pipeline;

/// <summary>
/// The open writers of the process. They are flushed when the process exits, crashes with an unhandled exception or is
/// about to be ended by a signal.
/// </summary>
internal static class OpenWriters
{
    /// <summary>The time that operating systems give a process to end, less a margin.</summary>
    private static readonly TimeSpan LastFlushTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// SIGXFSZ, raised when a file exceeds the limit on file sizes; the same number on Linux and macOS.
    /// </summary>
    private const PosixSignal FileSizeLimit = (PosixSignal)25;

    // A list of references, whose code is precompiled in the framework, unlike that of other collections.
    private static readonly List<BackgroundWriter> Open = [];

    // Kept alive: a registration ends when its object is collected.
    private static readonly List<PosixSignalRegistration> Signals = [];

    private static bool _isEnding;

    static OpenWriters()
    {
        // Handlers registered later run afterwards, and may add events.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => WriteThrough();
        AppDomain.CurrentDomain.UnhandledException += (_, _) => WriteThrough();
        foreach (PosixSignal signal in (ReadOnlySpan<PosixSignal>)
            [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP])
        {
            // The default action of the signal follows: the process ends unless the application handles it.
            Signals.Add(PosixSignalRegistration.Create(signal, _ => FlushAll()));
        }

        // By default, this signal ends the process; with a handler, the write fails like any other.
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
            Signals.Add(PosixSignalRegistration.Create(FileSizeLimit, context => context.Cancel = true));
    }

    public static void Add(BackgroundWriter writer)
    {
        lock (Open)
        {
            Open.Add(writer);
            if (_isEnding)
                writer.WriteThrough(LastFlushTimeout);
        }
    }

    public static void Remove(BackgroundWriter writer)
    {
        lock (Open)
            Open.Remove(writer);
    }

    private static void WriteThrough()
    {
        lock (Open)
        {
            _isEnding = true;
            foreach (BackgroundWriter writer in Open)
                writer.WriteThrough(LastFlushTimeout);
        }

        FlushAll();
    }

    private static void FlushAll()
    {
        BackgroundWriter[] open;
        lock (Open)
            open = Open.ToArray();
        if (open.Length == 0)
            return;

        try
        {
            Task.WaitAll(Array.ConvertAll(open, writer => writer.FlushAsync()), LastFlushTimeout);
        }
        catch (Exception e) when (e is AggregateException or InvalidOperationException)
        {
            // Each writer has notified its own listener; the process is ending.
        }
    }
}
