using System.Runtime.CompilerServices;
using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Plugins;
using TorchBoard.Records;

namespace TorchBoard.Scanning;

/// <summary>
/// Converts records to events: finds the tag of each value, decodes the value and passes it to the sink. Reports what
/// cannot be read and reads everything else. Not thread-safe.
/// </summary>
/// <typeparam name="TSink">The type of the sink that receives the events.</typeparam>
internal sealed class EventScan<TSink>(TSink sink, TagCatalog catalog)
    where TSink : struct, IEventSink
{
    /// <summary>
    /// The number of malformed values after which the rest of an event is skipped: one event may hold millions of
    /// values of two bytes each.
    /// </summary>
    private const int MostMalformed = 10;

    private TSink _sink = sink;

    /// <summary>The sink that receives the events.</summary>
    public ref TSink Sink => ref _sink;

    /// <summary>The number of events read.</summary>
    public long Events { get; private set; }

    /// <summary>The number of bytes in whole, undamaged records.</summary>
    public long ReadableBytes { get; private set; }

    /// <summary>
    /// Reads from the reader's position until the sink is full or the file ends. The scan may continue with another
    /// reader of the same file, or with the next file of the run.
    /// </summary>
    /// <returns>The reason for stopping: Record or Damage if the sink is full.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadStatus Read(RecordReader reader, string file)
    {
        while (true)
        {
            ReadStatus status = reader.Read(out ReadOnlySpan<byte> bytes);
            if (status == ReadStatus.Record)
            {
                ReadableBytes += bytes.Length + RecordFrame.Overhead;
                if (TryTakeScalar(file, reader.RecordOffset, bytes)
                    || TryTake(new EventPayload(file, reader.RecordOffset, bytes)))
                {
                    Events++;
                }
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
    /// Handles an event that is one scalar in the common layout, of a known tag, as almost all events are.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryTakeScalar(string file, long offset, ReadOnlySpan<byte> bytes) =>
        ScalarEvent.TryRead(bytes, out ScalarView scalar) && catalog.Find(scalar.Tag) is { } tag
        && _sink.TryAddScalar(tag, scalar, new EventPayload(file, offset, bytes));

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
        {
            _sink.Add(tag, view, ScalarSummary.Decode(value));
        }
        else
        {
            _sink.Add(tag, view, tag.IsRead && tag.Kind != TagKind.None
                ? ValueDecoder.Decode(tag.Metadata, value)
                : null);
        }
    }

    private void Report(scoped in EventPayload payload, string reason) => _sink.Report(
        new CorruptRecord(payload.File, payload.Offset, reason, payload.Bytes.Length + RecordFrame.Overhead));
}
