namespace TorchBoard.Scanning;

/// <summary>The bytes of an event and their position.</summary>
internal readonly ref struct EventPayload(string file, long offset, ReadOnlySpan<byte> bytes)
{
    public string File { get; } = file;

    /// <summary>The position of the event's record in the file.</summary>
    public long Offset { get; } = offset;

    /// <summary>The serialized Event message, valid until the next record is read.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;
}
