using TorchBoard.Pipeline;
using TorchBoard.Protos;

namespace TorchBoard.Events;

/// <summary>An event that the background thread encodes.</summary>
/// <param name="encode">Returns the framed record.</param>
/// <param name="size">The number of bytes held in memory until then.</param>
internal sealed class DeferredEvent(Func<byte[]> encode, long size) : IDeferredRecord
{
    private Func<byte[]>? _encode = encode;
    private byte[]? _encoded;

    /// <summary>An event that protobuf encodes.</summary>
    public DeferredEvent(Func<Event> build, long size)
        : this(() => EventRecord.Encode(build()), size)
    {
    }

    /// <summary>An event whose summary the background thread builds.</summary>
    public DeferredEvent(Func<Summary> build, long size, long step, double wallTime)
        : this(() => EventRecord.Of(build(), step, wallTime), size)
    {
    }

    public long Size => size;

    public byte[] Encode()
    {
        // A retry must not build the event again, because its source data has been released.
        if (_encode is { } encode)
        {
            _encoded = encode();
            _encode = null;
        }

        return _encoded!;
    }
}
