using System.Runtime.CompilerServices;
using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Plugins;
using TorchBoard.Records;

namespace TorchBoard.Scanning;

/// <summary>
/// The one way from records to events: finds each value's tag, decodes it and gives it to the sink. What cannot be
/// read is reported, and everything else is read. Used by one thread.
/// </summary>
/// <typeparam name="TSink">What receives the events.</typeparam>
internal sealed class EventScan<TSink>(TSink sink, TagCatalog catalog)
    where TSink : struct, IEventSink
{
    /// <summary>
    /// After how many malformed values the rest of an event is passed over: one event may hold millions of values of
    /// two bytes each.
    /// </summary>
    private const int MostMalformed = 10;

    private TSink _sink = sink;

    /// <summary>What received the events.</summary>
    public ref TSink Sink => ref _sink;

    /// <summary>How many events were read.</summary>
    public long Events { get; private set; }

    /// <summary>How many bytes hold whole, undamaged records.</summary>
    public long ReadableBytes { get; private set; }

    /// <summary>
    /// Reads on from where the reader stands, until the sink is full or the file has no more. The scan may go on
    /// with another reader of the same file, or with the run's next file.
    /// </summary>
    /// <returns>Why it ended: Record or Damage where the sink is full.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadStatus Read(RecordReader reader, string file)
    {
        while (true)
        {
            ReadStatus status = reader.Read(out ReadOnlySpan<byte> bytes);
            if (status == ReadStatus.Record)
            {
                var payload = new EventPayload(file, reader.RecordOffset, bytes);
                ReadableBytes += bytes.Length + RecordFrame.Overhead;
                if (TryTakeScalar(payload) || TryTake(payload))
                    Events++;
            }
            else if (status == ReadStatus.Damage)
            {
                Damage damage = reader.Damage;
                _sink.Report(new CorruptRecord(file, damage.Offset, damage.Reason, damage.Length));
            }
            else
            {
                return status;
            }

            if (_sink.IsFull)
                return status;
        }
    }

    /// <summary>
    /// Takes an event that is one scalar in the common layout, of a tag that was met before, as nearly all events are.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryTakeScalar(scoped in EventPayload payload) =>
        ScalarEvent.TryRead(payload.Bytes, out ScalarView scalar) && catalog.Find(scalar.Tag) is { } tag
        && _sink.TryAddScalar(tag, scalar, payload);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryTake(scoped in EventPayload payload)
    {
        if (!EventView.TryRead(payload.Bytes, out EventView view))
        {
            Report(payload, "the record is not a valid event");
            return false;
        }

        if (view.Content == EventContent.Summary)
            TakeSummary(view, payload);
        _sink.End(view, payload);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeSummary(scoped in EventView view, scoped in EventPayload payload)
    {
        var summary = new WireReader(view.Body);
        int malformed = 0;
        while (ValueView.TryReadNext(ref summary, out ValueView value))
        {
            try
            {
                TakeValue(catalog.Resolve(value), view, value);
            }
            catch (Exception e) when (e is InvalidDataException or InvalidProtocolBufferException)
            {
                Report(payload, $"tag '{TagTable<TagEntry>.Text(value.Tag)}': {e.Message}");
                if (++malformed == MostMalformed)
                    return;
            }
        }

        if (summary.Failed)
            Report(payload, "the event's summary is malformed");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeValue(TagEntry tag, scoped in EventView view, scoped in ValueView value)
    {
        if (!_sink.Begin(tag, value))
            return;
        if (tag.IsRead && tag.Kind == TagKind.Scalar)
            _sink.Add(tag, view, ScalarSummary.Decode(value));
        else
            _sink.Add(tag, view, tag.IsRead && tag.Kind != TagKind.None
                ? ValueDecoder.Decode(tag.Metadata, value)
                : null);
    }

    private void Report(scoped in EventPayload payload, string reason) => _sink.Report(
        new CorruptRecord(payload.File, payload.Offset, reason, payload.Bytes.Length + RecordFrame.Overhead));
}
