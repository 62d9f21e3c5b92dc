using System.Collections.Concurrent;
using TorchBoard.Files;

namespace TorchBoard.Pipeline;

/// <summary>The sub-runs that AddScalars has opened, one a series. Thread-safe.</summary>
internal sealed class SeriesRuns(string logDirectory, Func<string, RunChannel> open)
{
    private readonly object _gate = new();
    // Null until there is a series: many programs have none, and its code takes time to compile.
    private ConcurrentDictionary<(string MainTag, string Series), RunChannel>? _bySeries;
    private readonly Dictionary<string, (RunChannel Channel, HashSet<string> MainTags)> _byDirectory =
        new(StringComparer.OrdinalIgnoreCase);

    private bool _closed;

    public long Dropped =>
        Volatile.Read(ref _bySeries)?.Select(series => series.Value).Distinct().Sum(channel => channel.Dropped) ?? 0;

    /// <summary>The channel of a series; opened at the first call.</summary>
    /// <exception cref="ArgumentException">Another series of the same tag has the same directory.</exception>
    public RunChannel Of(string mainTag, string series) =>
        Volatile.Read(ref _bySeries) is { } known && known.TryGetValue((mainTag, series), out RunChannel? channel)
            ? channel
            : Open(mainTag, series);

    /// <summary>From now on every append to a series throws, as does a new series.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            if (_bySeries is not null)
                CloseAll(_bySeries);
        }
    }

    // Not by Values, which locks all of it and for that loads the framework's event tracing.
    private static void CloseAll(ConcurrentDictionary<(string MainTag, string Series), RunChannel> bySeries)
    {
        foreach ((_, RunChannel channel) in bySeries)
            channel.Close();
    }

    private RunChannel Open(string mainTag, string series)
    {
        string directory = RunDirectory.OfSeries(logDirectory, mainTag, series);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(SummaryWriter));
            if (_bySeries is null)
                Volatile.Write(ref _bySeries, new());
            if (_bySeries.TryGetValue((mainTag, series), out RunChannel? known))
                return known;
            if (!_byDirectory.TryGetValue(directory, out (RunChannel Channel, HashSet<string> MainTags) run))
                _byDirectory[directory] = run = (open(directory), []);
            if (!run.MainTags.Add(mainTag))
            {
                throw new ArgumentException(
                    $"The series '{series}' of '{mainTag}' would share the directory '{directory}' with another series "
                    + "whose name differs only in characters that no directory may have; give it another name.",
                    nameof(series));
            }

            return _bySeries[(mainTag, series)] = run.Channel;
        }
    }
}
