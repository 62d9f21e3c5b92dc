namespace TorchBoard.Scanning;

/// <summary>The bytes of an event and where they stand.</summary>
internal readonly ref struct EventPayload(string file, long offset, ReadOnlySpan<byte> bytes)
{
    public string File { get; } = file;

    /// <summary>Where the event's record begins in the file.</summary>
    public long Offset { get; } = offset;

    /// <summary>The serialized Event message, valid until the next record is read.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;
}
