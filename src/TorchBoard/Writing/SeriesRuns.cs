using System.Collections.Concurrent;
using TorchBoard.Storage;

namespace TorchBoard.Writing;

/// <summary>The runs that AddScalars has opened below a run, one per series. Thread-safe.</summary>
internal sealed class SeriesRuns(string run, WriterSession session)
{
    private readonly object _gate = new();

    // Null until the first series: many programs have none, and loading the code is a large part of the startup cost
    // of the first writer in a process.
    private Opened? _opened;
    private bool _ended;

    public long Dropped => Volatile.Read(ref _opened)?.Dropped ?? 0;

    /// <summary>Returns the run of a series; opens it on the first call.</summary>
    /// <exception cref="ArgumentException">Another series of the same tag has the same directory.</exception>
    public RunHandle Of(string mainTag, string series) =>
        Volatile.Read(ref _opened) is { } opened && opened.BySeries.TryGetValue((mainTag, series), out RunHandle? run)
            ? run
            : Open(mainTag, series);

    /// <summary>Makes every later append to a series throw, and every new series.</summary>
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
        string name = RunName.OfSeries(mainTag, series);
        Tag.ThrowIfReservedRun(name, nameof(series));
        string path = session.Storage.Below(run, name);
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

        /// <summary>Read by any thread; written only under the gate.</summary>
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
                    + "whose name differs only in characters not valid in a directory name. Use another name.",
                    nameof(series));
            }

            return BySeries[(mainTag, series)] = entry.Run;
        }

        // Not via Values, which locks the whole dictionary and loads the framework's event tracing for it.
        public void End()
        {
            foreach ((_, RunHandle run) in BySeries)
                run.End();
        }
    }
}
