using System.Text;

namespace TorchBoard;

/// <summary>One event, as it stands in a file. Immutable, thread-safe.</summary>
public sealed class LoggedEvent
{
    internal LoggedEvent()
    {
    }

    /// <summary>The name of the run.</summary>
    public required string Run { get; init; }

    /// <summary>The file's full path.</summary>
    public required string File { get; init; }

    /// <summary>Where the event's record begins, in bytes from the file's start.</summary>
    public required long Offset { get; init; }

    /// <summary>
    /// When it was written, to the nearest 100 ns. <see cref="Payload"/> has the number that stands in the file.
    /// </summary>
    public DateTimeOffset WallTime => UnixTime.FromSeconds(Seconds);

    /// <summary>The step.</summary>
    public required long Step { get; init; }

    /// <summary>What it holds.</summary>
    public required EventContent Content { get; init; }

    /// <summary>The values of tags; empty unless it holds a summary.</summary>
    public required IReadOnlyList<LoggedValue> Values { get; init; }

    /// <summary>The whole event, as a serialized Event message: its record's payload.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The format's version, such as <c>brain.Event:2</c>; null unless the event holds one.</summary>
    public string? FileVersion => Content == EventContent.FileVersion ? Encoding.UTF8.GetString(Body.Span) : null;

    /// <summary>The graph as a serialized GraphDef message; empty unless the event holds one.</summary>
    public ReadOnlyMemory<byte> GraphDef => Content == EventContent.Graph ? Body : default;

    /// <summary>Whether a session starts here: what was read of this step and later ones is to be forgotten.</summary>
    public required bool IsSessionStart { get; init; }

    /// <summary>The wall time as the file has it: seconds since 1970-01-01 UTC.</summary>
    internal double Seconds { get; init; }

    /// <summary>The part of the payload that is its content.</summary>
    internal ReadOnlyMemory<byte> Body { get; init; }
}
