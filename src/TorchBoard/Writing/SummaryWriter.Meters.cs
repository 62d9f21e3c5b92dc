using TorchBoard.Monitoring;
using TorchBoard.Writing;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    // Null until something is recorded; guarded by the run.
    private List<IDisposable>? _recorders;

    /// <summary>
    /// Records what the instruments of meters (<see cref="System.Diagnostics.Metrics"/>) measure, in the background, at an
    /// interval, until the returned object or the writer is disposed.
    /// </summary>
    /// <param name="meters">
    /// The names of the meters, such as <c>MyCompany.*</c>: <c>*</c> is any text, <c>?</c> any character, and letters match
    /// in either case. Meters and instruments that are created later are recorded, too.
    /// </param>
    /// <param name="interval">The time between samples: 100 ms to 24 days, five seconds by default.</param>
    /// <param name="options">The prefix of the tags and the limit of tag sets.</param>
    /// <returns>An object that writes what was measured since the last sample and stops the recording when disposed.</returns>
    /// <remarks>
    /// <para>
    /// Tags are <c>meter/instrument</c>, and <c>meter/instrument/key=value</c> for measurements with tags. An up-down counter
    /// has its sum and a gauge its last value; a counter <c>…/total</c>, what was added since the recording began, and
    /// <c>…/rate</c>, the same per second since the previous sample; a histogram the distribution of the values since the
    /// previous sample, <c>…/mean</c> and <c>…/rate</c>, the number of values per second. Steps are seconds since this
    /// call, or milliseconds if the interval is less than a second.
    /// </para>
    /// <para>
    /// A measurement takes its caller about 20 ns and allocates nothing. Instruments of the same meter name, name, type and
    /// tags are recorded as one. NaN and infinities are not added to counters, and are counted separately for histograms.
    /// A disposed instrument is written once more.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentException">The name is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The interval is out of range.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public IDisposable RecordMeters(string meters, TimeSpan? interval = null, MeterRecordingOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(meters);
        return RecordMeters([meters], interval, options);
    }

    /// <inheritdoc cref="RecordMeters(string, TimeSpan?, MeterRecordingOptions?)"/>
    /// <exception cref="ArgumentException">There is no name, or one is null or empty.</exception>
    public IDisposable RecordMeters(
        IEnumerable<string> meters, TimeSpan? interval = null, MeterRecordingOptions? options = null)
    {
        var patterns = new NamePatterns(meters, nameof(meters));
        TimeSpan time = IntervalOr(interval);
        options ??= new MeterRecordingOptions();
        return Record(output => new MeterRecorder(patterns, time, options, _session.Options.TimeProvider, output));
    }

    /// <summary>
    /// Records the <see cref="System.Diagnostics.Tracing.EventCounter"/>s of event sources, as <c>dotnet-counters</c> shows
    /// them, in the background, at an interval, until the returned object or the writer is disposed.
    /// </summary>
    /// <param name="eventSources">
    /// The names of the event sources, such as <c>System.Runtime</c> or <c>Microsoft-AspNetCore-*</c>: <c>*</c> is any
    /// text, <c>?</c> any character, and letters match in either case.
    /// </param>
    /// <param name="interval">The time between samples: 100 ms to 24 days, five seconds by default.</param>
    /// <param name="prefix">What precedes the name of the event source in each tag; nothing by default.</param>
    /// <returns>An object that stops the recording when disposed.</returns>
    /// <remarks>
    /// Tags are <c>source/counter</c>. A counter of values has their mean, one of increments their sum per second. Steps are
    /// those of <see cref="RecordMeters(string, TimeSpan?, MeterRecordingOptions?)"/>. Trimmed programs have event sources
    /// only with <c>EventSourceSupport</c>. The runtime has the counters of <c>System.Runtime</c> also as a meter.
    /// </remarks>
    /// <exception cref="ArgumentException">The name is null or empty, or the prefix is not a valid tag.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The interval is out of range.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public IDisposable RecordEventCounters(string eventSources, TimeSpan? interval = null, string prefix = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(eventSources);
        if (prefix is not "")
            Tag.ThrowIfInvalid(prefix, nameof(prefix));
        var patterns = new NamePatterns([eventSources], nameof(eventSources));
        TimeSpan time = IntervalOr(interval);
        return Record(output => new EventCounterRecorder(patterns, time, prefix, _session.Options.TimeProvider, output));
    }

    private static TimeSpan IntervalOr(TimeSpan? interval)
    {
        if (interval is { } given)
            MeterRecordingOptions.ThrowIfInvalid(given);
        return interval ?? MeterRecordingOptions.DefaultInterval;
    }

    private Recording Record(Func<IMeterOutput, IDisposable> start)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        if (!_session.Options.Enabled)
            return new Recording(null, _ => { });
        var recording = new Recording(start(new MeterOutput(this, _run.Kinds, _session.Notices)), Forget);
        lock (_run)
            (_recorders ??= []).Add(recording);
        return recording;

        void Forget(IDisposable ended)
        {
            lock (_run)
                _recorders!.Remove(ended);
        }
    }

    /// <summary>Writes what was measured since the last samples, before the run ends.</summary>
    private void EndRecordings()
    {
        IDisposable[] recorders;
        lock (_run)
            recorders = [.. _recorders ?? []];
        foreach (IDisposable recorder in recorders)
            recorder.Dispose();
    }

    private sealed class Recording(IDisposable? recorder, Action<IDisposable> forget) : IDisposable
    {
        public void Dispose()
        {
            forget(this);
            recorder?.Dispose();
        }
    }
}
