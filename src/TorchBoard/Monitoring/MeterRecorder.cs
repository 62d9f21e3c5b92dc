using System.Diagnostics.Metrics;

namespace TorchBoard.Monitoring;

/// <summary>
/// Listens to the instruments of meters and writes what they measured at an interval, and when it is disposed.
/// </summary>
internal sealed class MeterRecorder : IDisposable
{
    /// <summary>The number of samples after which it is reported that no instrument has matched.</summary>
    private const int PatientSamples = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _sampling = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Tag, InstrumentKind Kind), RecordedInstrument> _instruments = [];
    private readonly SortedSet<string> _otherMeters = new(StringComparer.Ordinal);
    private readonly NamePatterns _patterns;
    private readonly MeterRecordingOptions _options;
    private readonly TimeProvider _clock;
    private readonly IMeterOutput _output;
    private readonly MeterListener _listener = new();
    private readonly ITimer _timer;
    private readonly long _start;
    private readonly TimeSpan _stepLength;
    private double _lastTime;
    private long _lastStep;
    private int _samples;
    private bool _hasMatched;
    private int _disposed;

    /// <param name="patterns">The names of the meters.</param>
    /// <param name="interval">The time between samples.</param>
    /// <param name="options">The prefix and the limit of tag sets.</param>
    /// <param name="clock">The time provider for the timer.</param>
    /// <param name="output">Receives the samples, with steps as <see cref="SystemMonitor"/> has them.</param>
    public MeterRecorder(
        NamePatterns patterns, TimeSpan interval, MeterRecordingOptions options, TimeProvider clock, IMeterOutput output)
    {
        _patterns = patterns;
        _options = options;
        _clock = clock;
        _output = output;
        _start = clock.GetTimestamp();
        _stepLength = interval < TimeSpan.FromSeconds(1) ? TimeSpan.FromMilliseconds(1) : TimeSpan.FromSeconds(1);
        _listener.InstrumentPublished = (instrument, _) => Enable(instrument);
        _listener.MeasurementsCompleted = (_, state) => Disable(state as RecordedInstrument);
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, to) => Of(to).Add(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, to) => Of(to).Add((long)value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, to) => Of(to).Add((long)value, tags));
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, to) => Of(to).Add((long)value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, to) => Of(to).Add(value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, to) => Of(to).Add((double)value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, to) => Of(to).Add((double)value, tags));
        _listener.Start();
        _timer = clock.CreateTimer(_ => SampleUnlessBusy(), null, interval, interval);
    }

    /// <summary>Writes what was measured since the last sample, and stops.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _timer.Dispose();

        // A callback of an observable instrument may hang; what it holds up is not waited for.
        if (_sampling.TryEnter(Patience))
        {
            try
            {
                _samples = Math.Max(_samples, PatientSamples - 1);
                Sample();
            }
            finally
            {
                _sampling.Exit();
            }
        }

        _listener.Dispose();
    }

    private static RecordedInstrument Of(object? state) => (RecordedInstrument)state!;

    private void Enable(Instrument instrument)
    {
        RecordedInstrument recorded;
        lock (_gate)
        {
            if (!_patterns.Match(instrument.Meter.Name))
            {
                if (_otherMeters.Count < 100)
                    _otherMeters.Add(instrument.Meter.Name);
                return;
            }

            _hasMatched = true;
            InstrumentKind kind = InstrumentKind.Of(instrument);
            string tag = TagOf(instrument);
            if (!_instruments.TryGetValue((tag, kind), out RecordedInstrument? known))
            {
                known = new RecordedInstrument(tag, kind.NewSeries, _options.TagSetLimit, kind.IsAdditive);
                _instruments[(tag, kind)] = known;
            }

            recorded = known;
            recorded.Users++;
        }

        _listener.EnableMeasurementEvents(instrument, recorded);
    }

    private void Disable(RecordedInstrument? recorded)
    {
        if (recorded is null)
            return;
        lock (_gate)
            recorded.Users--;
    }

    private string TagOf(Instrument instrument)
    {
        string tag = MeterTagText.Join(_options.Prefix, instrument.Meter.Name, instrument.Name);
        KeyValuePair<string, object?>[] tags = [.. instrument.Meter.Tags ?? [], .. instrument.Tags ?? []];
        return tags.Length == 0 ? tag : $"{tag}/{MeterTagText.Of(tags)}";
    }

    private void SampleUnlessBusy()
    {
        // Skips a sample while the previous one is still running.
        if (Volatile.Read(ref _disposed) != 0 || !_sampling.TryEnter())
            return;
        try
        {
            Sample();
        }
        finally
        {
            _sampling.Exit();
        }
    }

    private void Sample()
    {
        try
        {
            Observe();
            TimeSpan time = _clock.GetElapsedTime(_start);
            long step = Math.Max((long)Math.Round(time / _stepLength), _lastStep + 1);
            var sample = new MeterSample(step, time.TotalSeconds, _lastTime);
            foreach (RecordedInstrument instrument in Current())
                instrument.Write(_output, sample);
            (_lastTime, _lastStep) = (time.TotalSeconds, step);
            ReportNoMatch();
        }
        catch (ObjectDisposedException)
        {
            // The writer was disposed before its recorder.
            Interlocked.Exchange(ref _disposed, 1);
            _timer.Dispose();
            _listener.Dispose();
        }
    }

    private void Observe()
    {
        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (Exception e)
        {
            // The other instruments were called all the same.
            _output.ReportFailedCallback(e is AggregateException { InnerExceptions: [var first, ..] } ? first : e);
        }
    }

    /// <summary>Returns the instruments to write, and forgets those that were disposed: they are written once more.</summary>
    private RecordedInstrument[] Current()
    {
        lock (_gate)
        {
            RecordedInstrument[] all = [.. _instruments.Values];
            foreach (((string, InstrumentKind) key, RecordedInstrument instrument) in _instruments)
            {
                if (instrument.Users == 0)
                    _instruments.Remove(key);
            }

            return all;
        }
    }

    private void ReportNoMatch()
    {
        if (++_samples != PatientSamples)
            return;
        lock (_gate)
        {
            if (!_hasMatched)
                _output.ReportNoMatch(_patterns.ToString(), string.Join(", ", _otherMeters));
        }
    }
}
