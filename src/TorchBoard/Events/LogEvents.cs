using Google.Protobuf;
using TorchBoard.Records;

namespace TorchBoard.Events;

/// <summary>Decodes the events of one run for someone who takes them one by one. Used by one thread.</summary>
internal sealed class LogEvents(
    string run, Func<string, bool>? tags, IReadOnlyCollection<TagKind>? kinds, Action<CorruptRecord>? onCorrupt)
{
    private readonly TagCatalog _catalog = new(tags, kinds);
    private readonly bool _isFiltered = tags is not null || kinds is not null;

    /// <summary>
    /// Reads up to the next event that is wanted; null at the end of what is there. What cannot be read is reported
    /// and passed over.
    /// </summary>
    public LoggedEvent? Next(RecordReader reader, string file)
    {
        while (true)
        {
            ReadStatus status = reader.Read(out ReadOnlySpan<byte> payload);
            if (status is ReadStatus.End or ReadStatus.TruncatedTail)
                return null;
            if (status == ReadStatus.Damage)
            {
                Damage damage = reader.Damage;
                onCorrupt?.Invoke(new CorruptRecord(file, damage.Offset, damage.Reason, damage.Length));
            }
            else if (Decode(payload, file, reader.RecordOffset) is { } logged)
            {
                return logged;
            }
        }
    }

    private LoggedEvent? Decode(ReadOnlySpan<byte> payload, string file, long offset)
    {
        void Report(string reason, int size) =>
            onCorrupt?.Invoke(new CorruptRecord(file, offset, reason, size + RecordFrame.Overhead));

        if (!EventView.TryRead(payload, out EventView view))
        {
            Report("the record is no valid event", payload.Length);
            return null;
        }

        List<LoggedValue>? values = null;
        int malformed = 0;
        if (view.Content == EventContent.Summary)
        {
            values = [];
            var summary = new WireReader(view.Body);
            try
            {
                while (malformed < ValueDecoder.MostMalformed
                    && ValueView.TryReadNext(ref summary, out ValueView value))
                {
                    TagEntry tag = _catalog.Resolve(value);
                    if (!tag.IsRead)
                        continue;
                    try
                    {
                        values.Add(Value(tag, value));
                    }
                    catch (Exception e) when (e is InvalidDataException or InvalidProtocolBufferException)
                    {
                        Report($"tag '{tag.Name}': {e.Message}", payload.Length);
                        malformed++;
                    }
                }
            }
            catch (InvalidProtocolBufferException e)
            {
                Report($"the metadata of a value is malformed: {e.Message}", payload.Length);
            }

            if (summary.Failed)
                Report("the event's summary is malformed", payload.Length);
            if (values.Count == 0 && _isFiltered)
                return null;
        }

        byte[] copy = payload.ToArray();
        payload.Overlaps(view.Body, out int body);
        return new LoggedEvent
        {
            Run = run,
            File = file,
            Offset = offset,
            WallTime = view.WallTime,
            Step = view.Step,
            Content = view.Content,
            Values = values ?? (IReadOnlyList<LoggedValue>)[],
            IsSessionStart = view.IsSessionStart(),
            Payload = copy,
            Body = copy.AsMemory(view.Body.IsEmpty ? 0 : body, view.Body.Length),
        };
    }

    private static LoggedValue Value(TagEntry tag, scoped in ValueView value)
    {
        if (tag.Kind == TagKind.Scalar)
            return new LoggedValue(tag, ValueDecoder.Scalar(value), null);
        if (tag.Kind == TagKind.None)
            return new LoggedValue(tag, double.NaN, null);
        object decoded = ValueDecoder.Decode(tag, value);
        if (decoded is Protos.Hyperparameters.HParamsPluginData data)
            decoded = new HyperparameterLog(data.Experiment, data.SessionStartInfo, data.SessionEndInfo);
        return new LoggedValue(tag, double.NaN, decoded);
    }
}
