using TorchBoard.Pipeline;
using TorchBoard.Protos;

namespace TorchBoard.Events;

/// <summary>An event that is made by the background thread.</summary>
/// <param name="encode">Makes the framed record.</param>
/// <param name="size">The bytes that are kept in memory until then.</param>
internal sealed class DeferredEvent(Func<byte[]> encode, long size) : IDeferredRecord
{
    private Func<byte[]>? _encode = encode;
    private byte[]? _encoded;

    /// <summary>An event that is encoded by protobuf.</summary>
    public DeferredEvent(Func<Event> build, long size)
        : this(() => EventRecord.Encode(build()), size)
    {
    }

    /// <summary>An event whose summary is made by the background thread.</summary>
    public DeferredEvent(Func<Summary> build, long size, long step, double wallTime)
        : this(() => EventRecord.Of(build(), step, wallTime), size)
    {
    }

    public long Size => size;

    public byte[] Encode()
    {
        // A second attempt must not build again: what the values were made from is given back by then.
        if (_encode is { } encode)
        {
            _encoded = encode();
            _encode = null;
        }

        return _encoded!;
    }
}
