namespace TorchBoard.Pipeline;

/// <param name="FlushInterval">How often unfinished batches are written; infinite: only by a flush.</param>
/// <param name="CloseTimeout">How long failing storage is tried again while closing.</param>
/// <param name="SyncToDisk">Whether a flush waits for the disk itself.</param>
/// <param name="Patience">How long a producer waits for room before its record is dropped.</param>
/// <param name="Owner">The type that an append after the end reports as disposed.</param>
internal sealed record PipelineOptions(
    TimeSpan FlushInterval, TimeSpan CloseTimeout, bool SyncToDisk, TimeSpan Patience, Type Owner)
{
    // A sync at the end has almost nothing left to wait for with 4 MiB; with 1 MiB it has no less.
    private const long BytesBetweenWriteBacks = 4 << 20;

    /// <summary>
    /// After how many bytes they start on their way to the disk: only where somebody will wait for the disk.
    /// </summary>
    public long WriteBackEvery { get; init; } = SyncToDisk ? BytesBetweenWriteBacks : long.MaxValue;
}
