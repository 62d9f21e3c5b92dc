using System.Diagnostics.CodeAnalysis;
using TorchBoard.Protos;
using TorchBoard.Reading;
using TorchBoard.Storage;

namespace TorchBoard.Indexing;

/// <summary>A run of a <see cref="RunIndex"/>. Thread-safe: grows while the run does.</summary>
public sealed class IndexedRun
{
    private readonly RunIndexOptions _options;
    private readonly Dictionary<string, IndexedSeries> _byTag = new(StringComparer.Ordinal);
    private readonly List<IndexedSeries> _series = [];
    private IReadOnlyList<IndexedSeries>? _listed;
    private readonly IndexChanges _changes;
    private readonly PointBudget _extra;
    private double _start = double.PositiveInfinity;
    private volatile string? _embeddingsVersion;
    private long _version;

    internal IndexedRun(string name, string path, RunIndexOptions options, IndexChanges changes, PointBudget extra)
    {
        Name = name;
        Path = path;
        _options = options;
        _changes = changes;
        _extra = extra;
        Change(isOfList: true);
    }

    /// <summary>The path relative to the log directory, with slashes; <c>.</c> for the directory itself.</summary>
    public string Name { get; }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>
    /// The earliest wall time of an event, in seconds since 1970-01-01 UTC, as written; null if none has been read.
    /// </summary>
    public double? StartTime
    {
        get
        {
            lock (Gate)
                return double.IsFinite(_start) ? _start : null;
        }
    }

    /// <summary>The number of the last change to the run, as <see cref="RunIndex.Version"/> counts them.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>
    /// The tags with values that TensorBoard shows, in the order in which they first appear.
    /// </summary>
    public IReadOnlyList<IndexedSeries> Series
    {
        get
        {
            lock (Gate)
                return _listed ??= [.. _series];
        }
    }

    /// <summary>The hyperparameters and the status of the run; null if none have been read.</summary>
    public HyperparameterLog? Hyperparameters => Series
        .Where(series => series.Kind == TagKind.Hyperparameters)
        .Aggregate(
            (HyperparameterLog?)null,
            (earlier, series) => series.ReadHyperparameters() is { } log ? log.After(earlier) : earlier);

    /// <summary>
    /// What distinguishes the list of the run's embeddings, the file <c>projector_config.pbtxt</c>, from earlier ones; null if
    /// the run has none. Each reload updates it, without a request to an object store.
    /// </summary>
    public string? EmbeddingsVersion => _embeddingsVersion;

    /// <summary>The lock of the run and all of its series; never held while a file is read.</summary>
    internal Lock Gate { get; } = new();

    internal Restarts Restarts { get; } = new();

    /// <summary>Gets the series of a tag.</summary>
    /// <param name="tag">The tag, exactly as written.</param>
    /// <param name="series">The series.</param>
    public bool TryFind(string tag, [MaybeNullWhen(false)] out IndexedSeries series)
    {
        ArgumentNullException.ThrowIfNull(tag);
        lock (Gate)
            return _byTag.TryGetValue(tag, out series);
    }

    /// <summary>
    /// Reads a file of the run that is not an event file, such as those of an embedding; null if there is none.
    /// </summary>
    /// <param name="name">The path below the run, with slashes, such as <c>projector_config.pbtxt</c>.</param>
    /// <param name="maxBytes">The maximum length of the file, in bytes; at least 0.</param>
    /// <returns>
    /// The content; null if the file does not exist or is longer, or the path or a symbolic link in it leaves the run.
    /// </returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access is denied.</exception>
    public byte[]? ReadFile(string name, int maxBytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        if (name.Split('/').Any(part => part is "" or "." or "..") || name.AsSpan().ContainsAny("\\:\0"))
            return null;
        RunStorage storage = RunStorage.Of(Path, _options.Storage);
        try
        {
            return storage.IsBelow(Path, name) ? storage.ReadFile(storage.Below(Path, name), maxBytes) : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Returns the series of a tag, which is created if there is none. The caller holds the lock.</summary>
    internal IndexedSeries GetOrAdd(string tag, SummaryMetadata metadata)
    {
        if (!_byTag.TryGetValue(tag, out IndexedSeries? series))
        {
            string plugin = metadata.PluginData.PluginName;
            int samples = _options.SamplesOf(plugin, (SeriesDataClass)metadata.DataClass);
            series = new IndexedSeries(this, tag, metadata, samples, _options.Samples.ContainsKey(plugin) ? null : _extra);
            _byTag.Add(tag, series);
            _series.Add(series);
            _listed = null;
            Change(isOfList: true);
        }

        return series;
    }

    /// <summary>Records the earliest wall time of some events. The caller holds the lock.</summary>
    internal void Start(double wallTime)
    {
        if (!(wallTime < _start))
            return;
        _start = wallTime;
        Change(isOfList: true);
    }

    /// <summary>Records files of the run that are not event files. Called by one thread at a time.</summary>
    internal void Look(RunStorage storage)
    {
        string? version;
        try
        {
            version = storage.VersionOf(storage.Below(Path, EmbeddingList.Name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return;
        }

        if (version == _embeddingsVersion)
            return;
        lock (Gate)
        {
            Change(isOfList: true);
            _embeddingsVersion = version;
        }

        Tell();
    }

    /// <summary>Counts a change, before it is made. The caller holds the lock, and calls <see cref="Tell"/> after it.</summary>
    internal void Change(bool isOfList = false) => _changes.Count(ref _version, isOfList);

    /// <summary>Returns the extra points of a run that is no longer shown.</summary>
    internal void ReturnPoints()
    {
        lock (Gate)
            _extra.Return(_series.Sum(series => (long)series.ExtraPoints));
    }

    /// <summary>Wakes callers that wait for a change.</summary>
    internal void Tell() => _changes.Tell();
}
