using System.Collections.Concurrent;
using TorchBoard.Files;

namespace TorchBoard.Pipeline;

/// <summary>The sub-runs that AddScalars has opened, one a series. Thread-safe.</summary>
internal sealed class SeriesRuns(string logDirectory, Func<string, RunChannel> open)
{
    private readonly object _gate = new();

    // Null until there is a series: many programs have none, and to load what it takes would be a good part of what the
    // first writer of a process costs.
    private Opened? _opened;
    private bool _closed;

    public long Dropped => Volatile.Read(ref _opened)?.Dropped ?? 0;

    /// <summary>The channel of a series; opened at the first call.</summary>
    /// <exception cref="ArgumentException">Another series of the same tag has the same directory.</exception>
    public RunChannel Of(string mainTag, string series) =>
        Volatile.Read(ref _opened) is { } opened && opened.BySeries.TryGetValue((mainTag, series), out RunChannel? channel)
            ? channel
            : Open(mainTag, series);

    /// <summary>From now on every append to a series throws, as does a new series.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _opened?.Close();
        }
    }

    private RunChannel Open(string mainTag, string series)
    {
        string directory = RunDirectory.OfSeries(logDirectory, mainTag, series);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(SummaryWriter));
            if (_opened is null)
                Volatile.Write(ref _opened, new Opened());
            return _opened.Of(mainTag, series, directory, open);
        }
    }

    private sealed class Opened
    {
        private readonly Dictionary<string, (RunChannel Channel, HashSet<string> MainTags)> _byDirectory =
            new(StringComparer.OrdinalIgnoreCase);

        /// <summary>Read by any thread, written under the gate.</summary>
        public ConcurrentDictionary<(string MainTag, string Series), RunChannel> BySeries { get; } = new();

        public long Dropped => BySeries.Select(series => series.Value).Distinct().Sum(channel => channel.Dropped);

        public RunChannel Of(string mainTag, string series, string directory, Func<string, RunChannel> open)
        {
            if (BySeries.TryGetValue((mainTag, series), out RunChannel? known))
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

            return BySeries[(mainTag, series)] = run.Channel;
        }

        // Not by Values, which locks all of it and for that loads the framework's event tracing.
        public void Close()
        {
            foreach ((_, RunChannel channel) in BySeries)
                channel.Close();
        }
    }
}
