using System.Runtime.CompilerServices;
using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Protos.Hyperparameters;
using TorchBoard.Records;

namespace TorchBoard;

/// <summary>Reads the files of a run into points. Used by one thread, once.</summary>
internal sealed class RunReader(RunLogOptions options)
{
    private readonly TagCatalog _catalog = new(options.Tags, options.Kinds);
    private readonly Restarts _restarts = new();
    private Protos.Hyperparameters.Experiment? _experiment;
    private SessionStartInfo? _sessionStart;
    private SessionEndInfo? _sessionEnd;
    private string _file = "";
    private long _offset;

    public List<EventFileInfo> Files { get; } = [];

    public List<CorruptRecord> Errors { get; } = [];

    public List<LoggedGraph> Graphs { get; } = [];

    /// <summary>The tags that are listed, each with its points.</summary>
    public IEnumerable<(TagEntry Tag, Points Points)> Tags =>
        _catalog.Tags.Where(tag => tag.Kept is Points).Select(tag => (tag, (Points)tag.Kept!));

    public HyperparameterLog? Hyperparameters => (_experiment, _sessionStart, _sessionEnd) is (null, null, null)
        ? null
        : new HyperparameterLog(_experiment, _sessionStart, _sessionEnd);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(string file)
    {
        _file = file;
        long events = 0, readable = 0;
        using var reader = new RecordReader(file);
        ReadStatus status;
        while ((status = reader.Read(out ReadOnlySpan<byte> payload)) is ReadStatus.Record or ReadStatus.Damage)
        {
            if (status == ReadStatus.Damage)
            {
                Report(reader.Damage.Offset, reader.Damage.Reason, reader.Damage.Length);
                continue;
            }

            _offset = reader.RecordOffset;
            readable += payload.Length + RecordFrame.Overhead;
            if (TakeScalar(payload) || Take(payload))
                events++;
        }

        Files.Add(new EventFileInfo
        {
            Path = file,
            Length = reader.FileLength,
            ReadableLength = readable,
            EventCount = events,
            HasTruncatedTail = status == ReadStatus.TruncatedTail,
        });
    }

    /// <summary>After the last file.</summary>
    public void Complete()
    {
        foreach ((_, Points points) in Tags)
            points.Complete(_restarts);
    }

    /// <summary>
    /// Takes a scalar of the common layout and of a tag that was met before, as nearly all events are.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TakeScalar(ReadOnlySpan<byte> payload)
    {
        if (!ScalarEvent.TryRead(payload, out ScalarView scalar) || _catalog.Find(scalar.Tag) is not { } tag)
            return false;
        if (!tag.IsListed)
            return true;
        if (tag.Kept is not Points<double> points)
            return false;

        points.Bytes += scalar.Size;
        points.Add(scalar.Step, scalar.WallTime, scalar.Value, _restarts.Count);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Take(ReadOnlySpan<byte> payload)
    {
        if (!EventView.TryRead(payload, out EventView view))
        {
            Report(_offset, "the record is no valid event", payload.Length + RecordFrame.Overhead);
            return false;
        }

        switch (view.Content)
        {
            case EventContent.Summary:
                TakeSummary(view, payload.Length);
                break;
            case EventContent.SessionLog when options.ApplyRestarts && view.IsSessionStart():
                _restarts.Add(view.Step);
                break;
            case EventContent.Graph when options.Graphs:
                Graphs.Add(new LoggedGraph(view.Step, view.WallTime, view.Body.ToArray()));
                break;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeSummary(scoped in EventView view, int payloadLength)
    {
        var summary = new WireReader(view.Body);
        int malformed = 0;
        while (ValueView.TryReadNext(ref summary, out ValueView value))
        {
            try
            {
                TakeValue(_catalog.Resolve(value), value, view.Step, view.WallTime);
            }
            catch (Exception e) when (e is InvalidDataException or InvalidProtocolBufferException)
            {
                string tag = TagTable<TagEntry>.Text(value.Tag);
                Report(_offset, $"tag '{tag}': {e.Message}", payloadLength + RecordFrame.Overhead);
                if (++malformed == ValueDecoder.MostMalformed)
                    return;
            }
        }

        if (summary.Failed)
            Report(_offset, "the event's summary is malformed", payloadLength + RecordFrame.Overhead);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeValue(TagEntry tag, scoped in ValueView value, long step, double wallTime)
    {
        if (!tag.IsListed)
            return;

        if (tag.Kind == TagKind.Scalar && tag.IsRead)
        {
            var scalars = (Points<double>)(tag.Kept ??= new Points<double>());
            scalars.Bytes += value.Size;
            scalars.Add(step, wallTime, ValueDecoder.Scalar(value), _restarts.Count);
            return;
        }

        var others = (Points<object?>)(tag.Kept ??= new Points<object?>());
        others.Bytes += value.Size;
        object? decoded = tag.IsRead && tag.Kind != TagKind.None ? ValueDecoder.Decode(tag, value) : null;
        if (decoded is HParamsPluginData data)
        {
            _experiment = data.Experiment ?? _experiment;
            _sessionStart = data.SessionStartInfo ?? _sessionStart;
            _sessionEnd = data.SessionEndInfo ?? _sessionEnd;
            decoded = null;
        }

        others.Add(step, wallTime, decoded, _restarts.Count);
    }

    private void Report(long offset, string reason, long skipped)
    {
        var error = new CorruptRecord(_file, offset, reason, skipped);
        Errors.Add(error);
        options.OnCorruptRecord?.Invoke(error);
    }
}
