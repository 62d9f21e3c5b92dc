using TorchBoard.Pipeline;
using TorchBoard.Protos;

namespace TorchBoard.Events;

/// <summary>An event whose summary is made by the background thread.</summary>
internal sealed class DeferredEvent(Func<Summary> build, long size, long step, double wallTime) : IDeferredRecord
{
    private Func<Summary>? _build = build;
    private byte[]? _encoded;

    public long Size => size;

    public byte[] Encode()
    {
        // A second attempt must not build again: what the values were made from is given back by then.
        if (_build is { } build)
        {
            _encoded = EventRecord.Encode(EventRecord.Of(build(), step, wallTime));
            _build = null;
        }

        return _encoded!;
    }
}
