namespace TorchBoard.Monitoring;

/// <summary>Samples at an interval until the monitor or the writer is disposed.</summary>
internal sealed class SystemMonitor : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Action<string, double, long> _add;
    private readonly ProcessProbe _process;
    private readonly IReadOnlyList<IProbe> _probes;
    private readonly ITimer _timer;
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly TimeSpan _stepLength;
    private bool _disposed;

    /// <param name="interval">The time between samples.</param>
    /// <param name="probes">The probes besides that of the process, such as of GPUs; disposed with the monitor.</param>
    /// <param name="clock">The time provider for the timer.</param>
    /// <param name="add">
    /// Receives a name, a value, and as the step the seconds since the start, for an interval of less than a second the
    /// milliseconds: each sample has a step of its own.
    /// </param>
    public SystemMonitor(
        TimeSpan interval, IReadOnlyList<IProbe> probes, TimeProvider clock, Action<string, double, long> add)
    {
        _add = add;
        _probes = probes;
        _clock = clock;
        _start = clock.GetTimestamp();
        _stepLength = interval < TimeSpan.FromSeconds(1) ? TimeSpan.FromMilliseconds(1) : TimeSpan.FromSeconds(1);
        _process = new ProcessProbe(clock);
        _timer = clock.CreateTimer(_ => Sample(), null, interval, interval);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            _timer.Dispose();
            foreach (IProbe probe in _probes)
                probe.Dispose();
        }
    }

    private void Sample()
    {
        // Skips a sample while the previous one is still running.
        if (!_gate.TryEnter())
            return;
        try
        {
            if (_disposed)
                return;
            // A timer that is a moment early or late does not repeat a step.
            long step = (long)Math.Round(_clock.GetElapsedTime(_start) / _stepLength);
            foreach ((string name, double value) in _process.Sample().Concat(_probes.SelectMany(probe => probe.Sample())))
                _add(name, value, step);
        }
        catch (ObjectDisposedException)
        {
            // The writer was disposed before its monitor.
            Dispose();
        }
        finally
        {
            _gate.Exit();
        }
    }
}
