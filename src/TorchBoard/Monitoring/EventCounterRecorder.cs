using System.Diagnostics.Tracing;
using System.Globalization;

namespace TorchBoard.Monitoring;

/// <summary>Listens to the counters of event sources, which the runtime reports at an interval on a thread of its own.</summary>
internal sealed class EventCounterRecorder : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _lastSteps = new(StringComparer.Ordinal);
    private readonly NamePatterns _patterns;
    private readonly Dictionary<string, string?> _arguments;
    private readonly string _prefix;
    private readonly TimeProvider _clock;
    private readonly IMeterOutput _output;
    private readonly long _start;
    private readonly TimeSpan _stepLength;
    private readonly Listener _listener = new();
    private bool _hasMatched;
    private bool _disposed;

    public EventCounterRecorder(
        NamePatterns patterns, TimeSpan interval, string prefix, TimeProvider clock, IMeterOutput output)
    {
        _patterns = patterns;
        _arguments = new()
        {
            ["EventCounterIntervalSec"] = interval.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        };
        _prefix = prefix;
        _clock = clock;
        _output = output;
        _start = clock.GetTimestamp();
        _stepLength = interval < TimeSpan.FromSeconds(1) ? TimeSpan.FromMilliseconds(1) : TimeSpan.FromSeconds(1);
        _listener.EventWritten += (_, written) => Record(written);
        _listener.EventSourceCreated += (_, created) => Enable(created.EventSource);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
        }

        _listener.Dispose();
        if (!_hasMatched)
            _output.ReportNoMatch(_patterns.ToString(), string.Join(", ", EventSource.GetSources().Select(source => source.Name)));
    }

    private void Enable(EventSource? source)
    {
        if (source is null || !_patterns.Match(source.Name))
            return;
        _hasMatched = true;

        // Counters come at any level; no other event has this one.
        _listener.EnableEvents(source, EventLevel.Critical, EventKeywords.None, _arguments);
    }

    private void Record(EventWrittenEventArgs written)
    {
        if (written is not { EventName: "EventCounters", Payload: [IDictionary<string, object?> counter, ..] }
            || !counter.TryGetValue("Name", out object? name)
            || ValueOf(counter) is not { } value)
        {
            return;
        }

        string tag = MeterTagText.Join(_prefix, written.EventSource.Name, name as string ?? "");
        lock (_gate)
        {
            if (_disposed)
                return;

            // Another listener may ask for the same counters more often.
            long step = (long)Math.Round(_clock.GetElapsedTime(_start) / _stepLength);
            if (_lastSteps.TryGetValue(tag, out long last) && last >= step)
                return;
            _lastSteps[tag] = step;
            try
            {
                _output.AddScalar(tag, value, step);
            }
            catch (ObjectDisposedException)
            {
                // The writer was disposed before its recorder.
                _disposed = true;
                _listener.Dispose();
            }
        }
    }

    /// <summary>The mean of a counter of values, or what was added to one of increments, in each second.</summary>
    private static double? ValueOf(IDictionary<string, object?> counter)
    {
        if (counter.TryGetValue("Mean", out object? mean))
            return mean as double?;
        return counter.TryGetValue("Increment", out object? increment)
            && counter.TryGetValue("IntervalSec", out object? seconds) && seconds is float and > 0
            ? (increment as double?) / (float)seconds
            : null;
    }

    private sealed class Listener : EventListener;
}
