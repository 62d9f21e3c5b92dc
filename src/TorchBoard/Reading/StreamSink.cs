using TorchBoard.Events;
using TorchBoard.Scanning;

namespace TorchBoard.Reading;

/// <summary>Holds the most recently read event.</summary>
internal struct StreamSink(string run, bool isFiltered, Action<CorruptRecord>? onCorruptRecord) : IEventSink
{
    private List<LoggedValue>? _values;
    private LoggedEvent? _event;

    public readonly bool IsFull => _event is not null;

    /// <summary>Returns the event and empties the sink.</summary>
    public LoggedEvent? Take()
    {
        LoggedEvent? taken = _event;
        _event = null;
        return taken;
    }

    public bool TryAddScalar(TagEntry tag, scoped in ScalarView scalar, scoped in EventPayload payload)
    {
        if (tag.Kind != TagKind.Scalar)
            return false;
        if (tag.IsRead)
        {
            _event = Event(
                payload, scalar.WallTime, scalar.Step, EventContent.Summary,
                [new LoggedValue(tag.Metadata, scalar.Value, null)]);
        }

        return true;
    }

    public readonly bool Begin(TagEntry tag, scoped in ValueView value) => tag.IsRead;

    public void Add(TagEntry tag, scoped in EventView view, double scalar) =>
        (_values ??= []).Add(new LoggedValue(tag.Metadata, scalar, null));

    public void Add(TagEntry tag, scoped in EventView view, object? value) =>
        (_values ??= []).Add(new LoggedValue(tag.Metadata, double.NaN, value));

    public void End(scoped in EventView view, scoped in EventPayload payload)
    {
        List<LoggedValue>? values = _values;
        _values = null;
        if (values is null && isFiltered && view.Content == EventContent.Summary)
            return;
        _event = Event(
            payload, view.WallTime, view.Step, view.Content, values ?? (IReadOnlyList<LoggedValue>)[],
            view.IsSessionStart(), view.Body);
    }

    public readonly void Report(CorruptRecord error) => onCorruptRecord?.Invoke(error);

    private readonly LoggedEvent Event(
        scoped in EventPayload payload, double wallTime, long step, EventContent content,
        IReadOnlyList<LoggedValue> values, bool isSessionStart = false, ReadOnlySpan<byte> body = default)
    {
        byte[] copy = payload.Bytes.ToArray();
        payload.Bytes.Overlaps(body, out int at);
        return new LoggedEvent
        {
            Run = run,
            File = payload.File,
            Offset = payload.Offset,
            Seconds = wallTime,
            Step = step,
            Content = content,
            Values = values,
            IsSessionStart = isSessionStart,
            Payload = copy,
            Body = copy.AsMemory(body.IsEmpty ? 0 : at, body.Length),
        };
    }
}
