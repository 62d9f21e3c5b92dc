using TorchBoard.Monitoring;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>
    /// Records, in the background and at an interval, what the process uses: processor time (percent of all cores),
    /// working set and managed heap (MiB), the machine's memory load (percent), garbage collections (count, and
    /// percent of the time in pauses), queued work; and where the machine has NVIDIA graphics processors, the use of
    /// each (percent) and of its memory (MiB and percent).
    /// </summary>
    /// <param name="options">What to record and how often; every five seconds by default.</param>
    /// <returns>Ends the recording when it is disposed; disposing the writer ends it too.</returns>
    /// <remarks>
    /// The curves are <c>system/cpu_percent</c> and so on; their steps are seconds since this call. Shares are of the
    /// time since the sample before.
    /// </remarks>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public IDisposable MonitorSystem(SystemMonitorOptions? options = null)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        options ??= new SystemMonitorOptions();
        string prefix = options.Prefix;
        return new SystemMonitor(
            options.Interval,
            options.Gpus && _session.Options.Enabled ? NvidiaProbe.TryOpen(NvidiaProbe.LibraryName) : null,
            _session.Options.TimeProvider,
            (name, value, step) => AddScalar($"{prefix}/{name}", value, step));
    }
}
