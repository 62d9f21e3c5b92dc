namespace TorchBoard;

/// <summary>One event file of a run, as it was read.</summary>
public sealed record EventFileInfo
{
    /// <summary>The file's full path.</summary>
    public required string Path { get; init; }

    /// <summary>The file's length in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>How many of these bytes hold whole, undamaged records.</summary>
    public required long ReadableLength { get; init; }

    /// <summary>How many events were read.</summary>
    public required long EventCount { get; init; }

    /// <summary>
    /// Whether the file ends within a record: its writer is at work, or was killed. That is no error.
    /// </summary>
    public required bool HasTruncatedTail { get; init; }
}
