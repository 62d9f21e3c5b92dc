using System.Collections.Concurrent;
using TorchBoard.Storage;

namespace TorchBoard.Writing;

/// <summary>The runs that AddScalars has opened below a run, one a series. Thread-safe.</summary>
internal sealed class SeriesRuns(string run, WriterSession session)
{
    private readonly object _gate = new();

    // Null until there is a series: many programs have none, and to load what it takes would be a good part of what the
    // first writer of a process costs.
    private Opened? _opened;
    private bool _ended;

    public long Dropped => Volatile.Read(ref _opened)?.Dropped ?? 0;

    /// <summary>The run of a series; opened at the first call.</summary>
    /// <exception cref="ArgumentException">Another series of the same tag has the same directory.</exception>
    public RunHandle Of(string mainTag, string series) =>
        Volatile.Read(ref _opened) is { } opened && opened.BySeries.TryGetValue((mainTag, series), out RunHandle? run)
            ? run
            : Open(mainTag, series);

    /// <summary>From now on every append to a series throws, as does a new series.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            _opened?.End();
        }
    }

    private RunHandle Open(string mainTag, string series)
    {
        string path = session.Storage.Below(run, RunName.OfSeries(mainTag, series));
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_ended, typeof(SummaryWriter));
            if (_opened is null)
                Volatile.Write(ref _opened, new Opened());
            return _opened.Of(mainTag, series, path, session);
        }
    }

    private sealed class Opened
    {
        private readonly Dictionary<string, (RunHandle Run, HashSet<string> MainTags)> _byPath =
            new(StringComparer.OrdinalIgnoreCase);

        /// <summary>Read by any thread, written under the gate.</summary>
        public ConcurrentDictionary<(string MainTag, string Series), RunHandle> BySeries { get; } = new();

        public long Dropped => BySeries.Select(series => series.Value).Distinct().Sum(run => run.Dropped);

        public RunHandle Of(string mainTag, string series, string path, WriterSession session)
        {
            if (BySeries.TryGetValue((mainTag, series), out RunHandle? known))
                return known;
            if (!_byPath.TryGetValue(path, out (RunHandle Run, HashSet<string> MainTags) entry))
                _byPath[path] = entry = (session.OpenRun(path), []);
            if (!entry.MainTags.Add(mainTag))
            {
                throw new ArgumentException(
                    $"The series '{series}' of '{mainTag}' would share the directory '{path}' with another series "
                    + "whose name differs only in characters that no directory may have; give it another name.",
                    nameof(series));
            }

            return BySeries[(mainTag, series)] = entry.Run;
        }

        // Not by Values, which locks all of it and for that loads the framework's event tracing.
        public void End()
        {
            foreach ((_, RunHandle run) in BySeries)
                run.End();
        }
    }
}
