namespace TorchBoard.Pipeline;

/// <param name="FlushInterval">
/// The interval at which unfinished batches are written; infinite for only on flush.
/// </param>
/// <param name="CloseTimeout">The maximum time to retry failing storage while closing.</param>
/// <param name="SyncToDisk">Whether a flush also waits for the disk.</param>
/// <param name="Patience">The maximum time that a producer waits for room before its record is dropped.</param>
/// <param name="Owner">The type reported as disposed by an append after the end.</param>
internal sealed record PipelineOptions(
    TimeSpan FlushInterval, TimeSpan CloseTimeout, bool SyncToDisk, TimeSpan Patience, Type Owner)
{
    // With 4 MiB, a final sync has almost nothing left to wait for; 1 MiB is no better.
    private const long BytesBetweenWriteBacks = 4 << 20;

    /// <summary>
    /// The number of bytes after which writing to disk is started, only if a caller will wait for the disk.
    /// </summary>
    public long WriteBackEvery { get; init; } = SyncToDisk ? BytesBetweenWriteBacks : long.MaxValue;
}
