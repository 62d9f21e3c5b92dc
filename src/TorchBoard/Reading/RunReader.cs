using TorchBoard.Scanning;

namespace TorchBoard.Reading;

/// <summary>Reads the files of a run into columns of points. Not thread-safe.</summary>
internal sealed class RunReader
{
    private readonly RunStorage _storage;
    private readonly RunLogOptions _options;
    private readonly TagCatalog _catalog;
    private readonly EventScan<ColumnSink> _scan;

    /// <param name="storage">The storage.</param>
    /// <param name="options">What to read.</param>
    /// <param name="known">The restarts of the run if they are known; otherwise empty.</param>
    private RunReader(RunStorage storage, RunLogOptions options, Restarts known)
    {
        _storage = storage;
        _options = options;
        _catalog = new TagCatalog(options.Tags, options.Kinds);
        _scan = new EventScan<ColumnSink>(new ColumnSink(options, known), _catalog);
    }

    public List<EventFileInfo> Files { get; } = [];

    public List<CorruptRecord> Errors => _scan.Sink.Errors;

    public List<LoggedGraph> Graphs => _scan.Sink.Graphs;

    public HyperparameterLog? Hyperparameters => _scan.Sink.Hyperparameters;

    /// <summary>The exception of the first file that could not be read; null if there is none.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The listed tags and their points.</summary>
    public IEnumerable<(TagEntry Tag, Points Points)> Tags =>
        _catalog.Tags.Where(tag => tag.Kept is Points).Select(tag => (tag, (Points)tag.Kept!));

    public static RunReader Read(
        RunStorage storage, IReadOnlyList<string> files, RunLogOptions options, CancellationToken cancellationToken)
    {
        var reader = new RunReader(storage, options, known: new Restarts());
        reader.Read(files, cancellationToken);

        // A restart removes earlier points. Those that were counted but not stored are counted again, without them.
        Restarts restarts = reader._scan.Sink.Restarts;
        if (restarts.Count > 0 && reader.Tags.Any(tag => tag.Points is SampledPoints))
        {
            reader = new RunReader(storage, options with { OnCorruptRecord = null, OnFileRead = null }, restarts);
            reader.Read(files, cancellationToken);
        }

        foreach ((_, Points points) in reader.Tags)
            points.Complete(reader._scan.Sink.Restarts);
        return reader;
    }

    private void Read(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        _storage.WillRead(files);
        foreach (string file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scan = new EventFileScan<ColumnSink>(_scan, _storage, file);
            scan.Read();
            Failure ??= scan.Failure;
            EventFileInfo info = scan.Info;
            Files.Add(info);
            _options.OnFileRead?.Invoke(info);
        }
    }
}
