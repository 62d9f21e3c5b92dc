using TorchBoard.Events;

namespace TorchBoard.Scanning;

/// <summary>
/// Receives what a scan reads. Implemented by structs, so that the scan calls its sink directly: a dispatched call
/// would be noticeable in the time a scalar takes.
/// </summary>
internal interface IEventSink
{
    /// <summary>
    /// Whether the scan returns to its caller after the event or damage that was just received. It goes on from
    /// there when it is called again.
    /// </summary>
    bool IsFull { get; }

    /// <summary>Receives an event that holds nothing but one scalar, of a tag that was met before.</summary>
    /// <returns>False where the tag holds something else: the event is then received by the methods below.</returns>
    bool TryAddScalar(TagEntry tag, scoped in ScalarView scalar, scoped in EventPayload payload);

    /// <summary>Asked before a value is decoded.</summary>
    /// <returns>Whether the sink wants the value.</returns>
    bool Begin(TagEntry tag, scoped in ValueView value);

    /// <summary>Receives a scalar of the event that is being read.</summary>
    void Add(TagEntry tag, scoped in EventView view, double scalar);

    /// <summary>Receives another value; null where its tag's kind is unknown or is not read.</summary>
    void Add(TagEntry tag, scoped in EventView view, object? value);

    /// <summary>Receives an event, after its values.</summary>
    void End(scoped in EventView view, scoped in EventPayload payload);

    /// <summary>Receives a place of the file that could not be read.</summary>
    void Report(CorruptRecord error);
}
