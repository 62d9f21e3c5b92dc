using TorchBoard.Records;
using TorchBoard.Scanning;
using TorchBoard.Storage;

namespace TorchBoard.Reading;

/// <summary>Reads the files of a run into columns of points. Not thread-safe; used once.</summary>
internal sealed class RunReader
{
    private readonly RunStorage _storage;
    private readonly TagCatalog _catalog;
    private readonly EventScan<ColumnSink> _scan;

    public RunReader(RunStorage storage, RunLogOptions options)
    {
        _storage = storage;
        _catalog = new TagCatalog(options.Tags, options.Kinds);
        _scan = new EventScan<ColumnSink>(new ColumnSink(options), _catalog);
    }

    public List<EventFileInfo> Files { get; } = [];

    public List<CorruptRecord> Errors => _scan.Sink.Errors;

    public List<LoggedGraph> Graphs => _scan.Sink.Graphs;

    public HyperparameterLog? Hyperparameters => _scan.Sink.Hyperparameters;

    /// <summary>The listed tags and their points.</summary>
    public IEnumerable<(TagEntry Tag, Points Points)> Tags =>
        _catalog.Tags.Where(tag => tag.Kept is Points).Select(tag => (tag, (Points)tag.Kept!));

    public void Read(string file)
    {
        (long events, long readable) = (_scan.Events, _scan.ReadableBytes);
        using var reader = new RecordReader(_storage.OpenRead(file));
        ReadStatus status = _scan.Read(reader, file);
        Files.Add(new EventFileInfo
        {
            Path = file,
            Length = reader.FileLength,
            ReadableLength = _scan.ReadableBytes - readable,
            EventCount = _scan.Events - events,
            HasTruncatedTail = status == ReadStatus.TruncatedTail,
        });
    }

    /// <summary>Turns the points into columns, after the last file.</summary>
    public void Complete()
    {
        foreach ((_, Points points) in Tags)
            points.Complete(_scan.Sink.Restarts);
    }
}
