using TorchBoard.Pipeline;
using TorchBoard.Protos;

namespace TorchBoard.Events;

/// <summary>An event that is made by the background thread.</summary>
internal sealed class DeferredEvent(Func<Event> build, long size) : IDeferredRecord
{
    private Func<Event>? _build = build;
    private byte[]? _encoded;

    /// <summary>An event whose summary is made by the background thread.</summary>
    public DeferredEvent(Func<Summary> build, long size, long step, double wallTime)
        : this(() => EventRecord.Of(build(), step, wallTime), size)
    {
    }

    public long Size => size;

    public byte[] Encode()
    {
        // A second attempt must not build again: what the values were made from is given back by then.
        if (_build is { } build)
        {
            _encoded = EventRecord.Encode(build());
            _build = null;
        }

        return _encoded!;
    }
}
