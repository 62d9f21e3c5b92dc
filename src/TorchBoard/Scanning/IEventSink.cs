using TorchBoard.Events;

namespace TorchBoard.Scanning;

/// <summary>
/// Receives the results of a scan. Implemented by structs, so that the scan calls its sink directly: a virtual call
/// would measurably slow down reading scalars.
/// </summary>
internal interface IEventSink
{
    /// <summary>
    /// Whether the scan must return to its caller after the event or damage just received. The next call continues from
    /// there.
    /// </summary>
    bool IsFull { get; }

    /// <summary>Receives an event that holds only one scalar, of a known tag.</summary>
    /// <returns>False if the tag has another kind; the methods below then receive the event.</returns>
    bool TryAddScalar(TagEntry tag, scoped in ScalarView scalar, scoped in EventPayload payload);

    /// <summary>Called before a value is decoded.</summary>
    /// <returns>Whether to decode the value.</returns>
    bool Begin(TagEntry tag, scoped in ValueView value);

    /// <summary>Receives a scalar of the current event.</summary>
    void Add(TagEntry tag, scoped in EventView view, double scalar);

    /// <summary>Receives a value of another kind; null if its tag's kind is unknown or not read.</summary>
    void Add(TagEntry tag, scoped in EventView view, object? value);

    /// <summary>Receives an event, after its values.</summary>
    void End(scoped in EventView view, scoped in EventPayload payload);

    /// <summary>Receives a damaged part of the file.</summary>
    void Report(CorruptRecord error);
}
