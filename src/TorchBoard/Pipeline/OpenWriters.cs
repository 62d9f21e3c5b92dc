using System.Runtime.InteropServices;

namespace TorchBoard.Pipeline;

/// <summary>
/// The writers that a process has open. They are flushed when it exits, when an exception ends it, and when a
/// signal is about to.
/// </summary>
internal static class OpenWriters
{
    /// <summary>What an operating system leaves a process that it wants to end, with a margin.</summary>
    private static readonly TimeSpan LastFlushTimeout = TimeSpan.FromSeconds(5);

    /// <summary>SIGXFSZ, of a file beyond the limit on file sizes; the same number on Linux and macOS.</summary>
    private const PosixSignal FileSizeLimit = (PosixSignal)25;

    // A list of references: the framework has its code compiled, which that of other collections is not.
    private static readonly List<BackgroundWriter> Open = [];

    // Kept: a registration ends with its object.
    private static readonly List<PosixSignalRegistration> Signals = [];

    static OpenWriters()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => FlushAll();
        AppDomain.CurrentDomain.UnhandledException += (_, _) => FlushAll();
        foreach (PosixSignal signal in (ReadOnlySpan<PosixSignal>)
            [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP])
        {
            // The default of the signal follows: the process ends unless the application has said otherwise.
            Signals.Add(PosixSignalRegistration.Create(signal, _ => FlushAll()));
        }

        // By default it ends the process; without, the write fails like any other.
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
            Signals.Add(PosixSignalRegistration.Create(FileSizeLimit, context => context.Cancel = true));
    }

    public static void Add(BackgroundWriter writer)
    {
        lock (Open)
            Open.Add(writer);
    }

    public static void Remove(BackgroundWriter writer)
    {
        lock (Open)
            Open.Remove(writer);
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
            // Each writer has told its own listener; the process is ending.
        }
    }
}
