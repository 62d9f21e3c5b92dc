using System.Runtime.CompilerServices;
using TorchBoard.Protos;

namespace TorchBoard.Events;

/// <summary>
/// An event in its record, parsed by hand and without a copy: almost all events are scalars, and a file may hold
/// millions.
/// </summary>
internal ref struct EventView
{
    public double WallTime { get; private set; }

    public long Step { get; private set; }

    /// <summary>The type of the event's content.</summary>
    public EventContent Content { get; private set; }

    /// <summary>The bytes of the content.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>Reads the fields of an event; returns false if the payload is not a valid event.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryRead(ReadOnlySpan<byte> payload, out EventView view)
    {
        view = default;
        var wire = new WireReader(payload);
        while (wire.Next(out uint key))
        {
            if (key == WireKey.EventWallTime)
            {
                view.WallTime = wire.Double();
            }
            else if (key == WireKey.EventStep)
            {
                view.Step = (long)wire.Varint();
            }
            else if (WireKey.Encoding(key) == WireKey.LengthDelimited && IsContent(WireKey.Field(key)))
            {
                view.Content = (EventContent)WireKey.Field(key);
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
        var wire = new WireReader(Content == EventContent.SessionLog ? Body : default);
        bool isStart = false;
        while (wire.Next(out uint key))
        {
            if (key == WireKey.SessionLogStatus)
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
