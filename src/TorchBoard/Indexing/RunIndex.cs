using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace TorchBoard.Indexing;

/// <summary>
/// A live index of the runs in and below a directory. It is loaded in the background, on all processors, and is read at
/// any time without waiting for a file: it then contains what has been loaded so far. Runs that appear, grow, are deleted
/// or replaced are noticed at the next reload. Thread-safe.
/// </summary>
/// <remarks>
/// It holds a bounded number of values of each tag (<see cref="RunIndexOptions.Samples"/>), as TensorBoard's own readers
/// do. The start of a session at a step removes earlier points of the run at this step or later, as the writer of a
/// resumed run intends.
/// </remarks>
public sealed class RunIndex : IAsyncDisposable
{
    /// <summary>The number of intervals between two reloads while the system reports changes.</summary>
    private const int IntervalsIfTold = 12;

    private readonly RunStorage _storage;
    private readonly RunIndexOptions _options;
    private readonly CancellationTokenSource _end = new();
    private readonly IndexChanges _changes = new();
    private readonly PointBudget _extra;
    private readonly SemaphoreSlim _reloading = new(1, 1);
    private readonly Dictionary<string, RunLoader> _loaders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _unreadable = new(StringComparer.Ordinal);
    private readonly LiveReload? _live;
    private readonly Task _loading;
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile HashSet<string> _linked = [];
    private volatile Snapshot _snapshot = Snapshot.Empty;

    private RunIndex(RunStorage storage, string path, RunIndexOptions options)
    {
        _storage = storage;
        _options = options;
        _extra = new PointBudget(options.ExtraPoints);
        Path = storage.FullPath(path);
        _live = options.Storage is null && options.ReloadInterval != Timeout.InfiniteTimeSpan
            ? new LiveReload(Path, options.TimeProvider, ReloadRunsAsync, () => _linked)
            : null;
        _loading = Task.Run(LoadAsync);
    }

    /// <summary>The full path of the log directory.</summary>
    public string Path { get; }

    /// <summary>
    /// The number of changes to the runs, their tags and their values so far. It grows when files with new data are read.
    /// </summary>
    public long Version => _changes.Version;

    /// <summary>
    /// The number of the last change to the list of runs and tags, to the start time of a run, or to whether all are loaded.
    /// </summary>
    public long ListVersion => _changes.ListVersion;

    /// <summary>
    /// The runs found so far, in ordinal order of their names. The same list is returned as long as no run appears,
    /// disappears or is replaced.
    /// </summary>
    public IReadOnlyList<IndexedRun> Runs => _snapshot.Runs;

    /// <summary>Completes when all runs have been loaded for the first time.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>Begins to load the runs in and below a directory, which may be created later.</summary>
    /// <param name="path">A log directory, a run's directory or one event file.</param>
    /// <param name="options">Options; by default, reloads every five seconds, or every thirty with a storage.</param>
    /// <exception cref="ArgumentException">
    /// The path is null or empty, or not one of the storage: a URI such as <c>s3://…</c> needs a
    /// <see cref="RunIndexOptions.Storage"/>.
    /// </exception>
    public static RunIndex Open(string path, RunIndexOptions? options = null) =>
        new(RunStorage.Of(path, options?.Storage), path, options ?? RunIndexOptions.Default);

    /// <summary>Gets a run by its name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="run">The run.</param>
    public bool TryFind(string name, [MaybeNullWhen(false)] out IndexedRun run)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _snapshot.ByName.TryGetValue(name, out run);
    }

    /// <summary>Waits until something has changed since a version.</summary>
    /// <param name="version">A value of <see cref="Version"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The new version. Runs whose <see cref="IndexedRun.Version"/> is greater than the old one have changed.</returns>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public Task<long> WaitForChangeAsync(long version, CancellationToken cancellationToken = default) =>
        _changes.WaitAsync(version, cancellationToken);

    /// <summary>Looks for new runs and events now; completes when they have been loaded.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="OperationCanceledException">The operation was canceled, or the index disposed.</exception>
    public Task ReloadAsync(CancellationToken cancellationToken = default) => ReloadRunsAsync(runs: null, cancellationToken);

    /// <summary>
    /// Notices changes at once instead of at the next reload, until the result is disposed: a local directory is watched, or
    /// checked often if the system cannot watch it. Has no effect with a <see cref="RunIndexOptions.Storage"/> or if the runs
    /// are loaded only once.
    /// </summary>
    /// <returns>An object that ends this watch when it is disposed.</returns>
    public IDisposable Watch() => _live?.Look() ?? LiveReload.Nothing;

    private async Task ReloadRunsAsync(IReadOnlySet<string>? runs, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        await _reloading.WaitAsync(stop.Token).ConfigureAwait(false);
        try
        {
            // On a thread of its own, so that those of the pool are free to answer.
            await Task.Factory.StartNew(() => Reload(runs), stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .ConfigureAwait(false);
        }
        finally
        {
            _reloading.Release();
        }
    }

    /// <summary>Stops loading. What has been loaded can still be read.</summary>
    public async ValueTask DisposeAsync()
    {
        _live?.Dispose();
        await _end.CancelAsync().ConfigureAwait(false);
        await _loading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task LoadAsync()
    {
        try
        {
            do
            {
                await ReloadAsync().ConfigureAwait(false);
                int intervals = 0;
                do
                    await Task.Delay(_options.ReloadInterval, _options.TimeProvider, _end.Token).ConfigureAwait(false);
                while (_live is { IsTold: true } && _linked.Count == 0 && ++intervals < IntervalsIfTold);
            }
            while (true);
        }
        catch (OperationCanceledException)
        {
            _loaded.TrySetCanceled();
        }
        catch (Exception e)
        {
            _loaded.TrySetException(e);
            throw;
        }
    }

    private void Reload(IReadOnlySet<string>? runs)
    {
        if (runs is not null && TryReload(runs))
            return;
        long start = _options.TimeProvider.GetTimestamp();
        RunStorage storage = _storage.Snapshot(Path);
        if (Find(storage) is { } found)
        {
            Synchronize(found);
            ReadAll(storage, found);
        }

        if (_loaded.TrySetResult())
            CountChange();
        _options.OnReloaded?.Invoke(_options.TimeProvider.GetElapsedTime(start));
    }

    // False if a run appears or disappears with these changes.
    private bool TryReload(IReadOnlySet<string> paths)
    {
        RunLoader[] changed = [.. _loaders.Values.Where(loader => paths.Contains(loader.Run.Path))];
        if (changed.Length < paths.Count)
            return false;
        try
        {
            var files = changed.Select(loader => _storage.EventFilesOf(loader.Run.Path)).ToArray();
            if (files.Any(all => all.Count == 0))
                return false;
            for (int i = 0; i < changed.Length; i++)
                Read(_storage, changed[i], files[i]);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Null if that is unknown at present; the loaded runs then stay.
    private IReadOnlyList<(string Name, string Path, IReadOnlyList<string> Files)>? Find(RunStorage storage)
    {
        try
        {
            IReadOnlyList<(string, string, IReadOnlyList<string>)> runs =
                storage.RunsWithFilesBelow(Path, ReportUnreadable);
            _unreadable.TryRemove(Path, out _);
            return runs;
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            ReportUnreadable(Path, e.Message);
            return null;
        }
    }

    private void Synchronize(IReadOnlyList<(string Name, string Path, IReadOnlyList<string> Files)> found)
    {
        var names = found.Select(run => run.Name).ToHashSet(StringComparer.Ordinal);
        var linked = new HashSet<string>(_linked, StringComparer.Ordinal);
        bool changed = false;
        foreach (string gone in _loaders.Keys.Where(name => !names.Contains(name)).ToArray())
        {
            _loaders[gone].Run.ReturnPoints();
            linked.Remove(_loaders[gone].Run.Path);
            changed |= _loaders.Remove(gone);
        }

        foreach ((string name, string path, IReadOnlyList<string> files) in found)
        {
            if (_loaders.ContainsKey(name))
                continue;
            _loaders.Add(name, new RunLoader(name, path, _options, _changes, _extra));
            if (_live is not null && (LiveReload.IsLinked(Path, path) || files.Any(file => LiveReload.IsLinked(path, file))))
                linked.Add(path);
            changed = true;
        }

        if (!changed)
            return;
        _linked = linked;
        Publish();
    }

    private void ReportUnreadable(string path, string reason)
    {
        if (_unreadable.TryAdd(path, true))
            _options.OnCorruptRecord?.Invoke(new CorruptRecord(path, 0, $"the directory cannot be listed: {reason}", 0));
    }

    private void ReadAll(
        RunStorage storage, IReadOnlyList<(string Name, string Path, IReadOnlyList<string> Files)> found)
    {
        RunLoader[] loaders = [.. found.Select(run => _loaders[run.Name])];
        storage.WillRead(found.SelectMany((run, i) => loaders[i].Unread(run.Files)));
        int next = -1;
        var errors = new ConcurrentQueue<Exception>();
        int count = Math.Min(Environment.ProcessorCount, loaders.Length);
        Thread[] helpers =
        [
            .. Enumerable.Range(1, Math.Max(count - 1, 0)).Select(_ => new Thread(ReadSome) { IsBackground = true }),
        ];
        foreach (Thread helper in helpers)
            helper.Start();
        ReadSome();
        foreach (Thread helper in helpers)
            helper.Join();
        if (errors.TryDequeue(out Exception? error))
            ExceptionDispatchInfo.Throw(error);

        void ReadSome()
        {
            try
            {
                for (int i = Interlocked.Increment(ref next); i < loaders.Length; i = Interlocked.Increment(ref next))
                    Read(storage, loaders[i], found[i].Files);
            }
            catch (Exception e)
            {
                errors.Enqueue(e);
            }
        }
    }

    private void Read(RunStorage storage, RunLoader loader, IReadOnlyList<string> files)
    {
        if (loader.TryRead(storage, files, _end.Token))
            return;

        // The old values are shown until the new ones are complete.
        var anew = new RunLoader(loader.Run.Name, loader.Run.Path, _options, _changes, _extra);
        anew.TryRead(storage, files, _end.Token);
        lock (_loaders)
        {
            loader.Run.ReturnPoints();
            _loaders[loader.Run.Name] = anew;
            Publish();
        }
    }

    private void Publish()
    {
        _snapshot = new Snapshot(
            [.. _loaders.Values.Select(loader => loader.Run).OrderBy(run => run.Name, StringComparer.Ordinal)]);
        CountChange();
    }

    private void CountChange()
    {
        long ignored = 0;
        _changes.Count(ref ignored, isOfList: true);
        _changes.Tell();
    }

    private sealed class Snapshot(IndexedRun[] runs)
    {
        public static Snapshot Empty { get; } = new([]);

        public IndexedRun[] Runs { get; } = runs;

        public Dictionary<string, IndexedRun> ByName { get; } = runs.ToDictionary(run => run.Name, StringComparer.Ordinal);
    }
}
