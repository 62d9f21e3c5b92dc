using System.Runtime.CompilerServices;
using TorchBoard.Protos;

namespace TorchBoard.Events;

/// <summary>
/// An event as it stands in its record, by hand and without a copy: nearly all events are scalars, and a file may
/// hold millions.
/// </summary>
internal ref struct EventView
{
    // Field number << 3 | wire type.
    private const uint WallTimeKey = 1 << 3 | 1;
    private const uint StepKey = 2 << 3 | 0;
    private const uint BytesType = 2;

    public double WallTime { get; private set; }

    public long Step { get; private set; }

    /// <summary>What the event holds.</summary>
    public EventContent Content { get; private set; }

    /// <summary>The bytes of what it holds.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>Reads an event's fields; false where the payload is no valid event.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryRead(ReadOnlySpan<byte> payload, out EventView view)
    {
        view = default;
        var wire = new WireReader(payload);
        while (wire.Next(out uint key))
        {
            if (key == WallTimeKey)
            {
                view.WallTime = wire.Double();
            }
            else if (key == StepKey)
            {
                view.Step = (long)wire.Varint();
            }
            else if ((key & 7) == BytesType && IsContent(key >> 3))
            {
                view.Content = (EventContent)(key >> 3);
                view.Body = wire.Bytes();
            }
            else
            {
                wire.Skip(key);
            }
        }

        return !wire.Failed;
    }

    /// <summary>Whether a session starts here.</summary>
    public readonly bool IsSessionStart()
    {
        const uint StatusKey = 1 << 3 | 0;
        var wire = new WireReader(Content == EventContent.SessionLog ? Body : default);
        bool isStart = false;
        while (wire.Next(out uint key))
        {
            if (key == StatusKey)
                isStart = wire.Varint() == (ulong)SessionLog.Types.SessionStatus.Start;
            else
                wire.Skip(key);
        }

        return isStart;
    }

    private static bool IsContent(uint field) => (EventContent)field
        is EventContent.Summary or EventContent.FileVersion or EventContent.Graph or EventContent.SessionLog
        or EventContent.RunMetadata or EventContent.MetaGraph;
}
