using TorchBoard.Records;
using TorchBoard.Scanning;

namespace TorchBoard.Reading;

/// <summary>Reads the events of one run one by one. Not thread-safe.</summary>
internal sealed class EventStream(
    string run, Func<string, bool>? tags, IReadOnlyCollection<TagKind>? kinds, Action<CorruptRecord>? onCorruptRecord)
{
    private readonly EventScan<StreamSink> _scan = new(
        new StreamSink(run, isFiltered: tags is not null || kinds is not null, onCorruptRecord),
        new TagCatalog(tags, kinds));

    /// <summary>Begins to read a file of the run.</summary>
    public EventFileScan<StreamSink> Begin(RunStorage storage, string file) => new(_scan, storage, file);

    /// <summary>Reads up to the next selected event; returns null at the end of the file, or where it fails.</summary>
    public LoggedEvent? Next(EventFileScan<StreamSink> file)
    {
        file.Read();
        return _scan.Sink.Take();
    }

    /// <summary>Reads up to the next selected event; returns null at the end of the file.</summary>
    public LoggedEvent? Next(RecordReader reader, string file)
    {
        _scan.Read(reader, file);
        return _scan.Sink.Take();
    }
}
