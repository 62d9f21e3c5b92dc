namespace TorchBoard;

/// <summary>An event file of a run, as it was read.</summary>
public sealed record EventFileInfo
{
    /// <summary>The file's full path.</summary>
    public required string Path { get; init; }

    /// <summary>The file's length in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>The number of bytes that hold whole, undamaged records.</summary>
    public required long ReadableLength { get; init; }

    /// <summary>The number of events read.</summary>
    public required long EventCount { get; init; }

    /// <summary>
    /// Whether the file ends within a record, because its writer is still running or was killed. Not an error.
    /// </summary>
    public required bool HasTruncatedTail { get; init; }

    /// <summary>
    /// Why the file could not be opened, or not be read to its end; null, as normal, if it was. An unopened file has
    /// the length 0.
    /// </summary>
    public string? Failure { get; init; }
}
