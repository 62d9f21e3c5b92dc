namespace TorchBoard.Pipeline;

/// <param name="flushInterval">
/// The interval at which unfinished batches are written; infinite for only on flush.
/// </param>
/// <param name="closeTimeout">The maximum time to retry failing storage while closing.</param>
/// <param name="syncToDisk">Whether a flush also waits for the disk.</param>
/// <param name="patience">The maximum time that a producer waits for room before its record is dropped.</param>
/// <param name="owner">The type reported as disposed by an append after the end.</param>
internal sealed class PipelineOptions(
    TimeSpan flushInterval, TimeSpan closeTimeout, bool syncToDisk, TimeSpan patience, Type owner)
{
    // With 4 MiB, a final sync has almost nothing left to wait for; 1 MiB is no better.
    private const long BytesBetweenWriteBacks = 4 << 20;

    public readonly TimeSpan FlushInterval = flushInterval;
    public readonly TimeSpan CloseTimeout = closeTimeout;
    public readonly bool SyncToDisk = syncToDisk;
    public readonly TimeSpan Patience = patience;
    public readonly Type Owner = owner;

    /// <summary>
    /// The number of bytes after which writing to disk is started, only if a caller will wait for the disk.
    /// </summary>
    public long WriteBackEvery = syncToDisk ? BytesBetweenWriteBacks : long.MaxValue;
}
