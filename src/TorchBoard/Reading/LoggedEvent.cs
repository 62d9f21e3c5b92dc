using System.Text;

namespace TorchBoard;

/// <summary>An event of an event file. Immutable, thread-safe.</summary>
public sealed class LoggedEvent
{
    internal LoggedEvent()
    {
    }

    /// <summary>The name of the run.</summary>
    public required string Run { get; init; }

    /// <summary>The file's full path.</summary>
    public required string File { get; init; }

    /// <summary>The position of the event's record, in bytes from the start of the file.</summary>
    public required long Offset { get; init; }

    /// <summary>
    /// The wall time, to the nearest 100 ns. <see cref="Payload"/> has the exact number of the file.
    /// </summary>
    public DateTimeOffset WallTime => UnixTime.FromSeconds(Seconds);

    /// <summary>The step.</summary>
    public required long Step { get; init; }

    /// <summary>The type of the event's content.</summary>
    public required EventContent Content { get; init; }

    /// <summary>The values of tags; empty unless the event holds a summary.</summary>
    public required IReadOnlyList<LoggedValue> Values { get; init; }

    /// <summary>The whole event as a serialized Event message, which is the payload of its record.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>
    /// The version of the file format, such as <c>brain.Event:2</c>; null unless the event holds one.
    /// </summary>
    public string? FileVersion => Content == EventContent.FileVersion ? Encoding.UTF8.GetString(Body.Span) : null;

    /// <summary>The graph as a serialized GraphDef message; empty unless the event holds one.</summary>
    public ReadOnlyMemory<byte> GraphDef => Content == EventContent.Graph ? Body : default;

    /// <summary>Whether a session starts here: earlier points at this step or later no longer count.</summary>
    public required bool IsSessionStart { get; init; }

    /// <summary>The wall time in the file: seconds since 1970-01-01 UTC.</summary>
    internal double Seconds { get; init; }

    /// <summary>The part of the payload that holds the content.</summary>
    internal ReadOnlyMemory<byte> Body { get; init; }
}
