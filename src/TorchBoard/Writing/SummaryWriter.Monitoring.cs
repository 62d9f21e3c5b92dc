using TorchBoard.Monitoring;
using TorchBoard.Plugins;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>
    /// Records resource usage in the background, at an interval: processor time (percent of all cores), working set and
    /// managed heap (MiB), the machine's memory load (percent), garbage collections (count, and percent of the time in
    /// pauses), queued work items, what the network (MiB per second) and, in Linux, the process's disks (the same) transfer;
    /// in a container with limits, the use of its memory and processors (percent of the limit); and of each GPU of NVIDIA or,
    /// in Linux, of AMD the utilization (percent), memory (MiB and percent), temperature (degrees Celsius) and power (watts).
    /// </summary>
    /// <param name="options">What to record and how often; every five seconds by default.</param>
    /// <returns>An object that stops the recording when disposed; disposing the writer stops it too.</returns>
    /// <remarks>
    /// The tags are <c>system/cpu_percent</c> and so on. Steps are seconds since this call, or milliseconds if the interval
    /// is less than a second. Percentages of time refer to the time since the previous sample.
    /// </remarks>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public IDisposable MonitorSystem(SystemMonitorOptions? options = null)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        options ??= new SystemMonitorOptions();
        string prefix = options.Prefix;
        return new SystemMonitor(
            options.Interval,
            _session.Options.Enabled ? SystemProbes.Open(options, _session.Options.TimeProvider) : [],
            _session.Options.TimeProvider,
            (name, value, step) => Sample($"{prefix}/{name}", value, step));

        // Called by a timer, where an exception would end the process.
        void Sample(string tag, double value, long step)
        {
            if (_run.Kinds.TryClaim(tag, PluginTable.Scalars))
                AddScalar(tag, value, step);
        }
    }
}
