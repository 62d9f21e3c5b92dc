namespace TorchBoard.Pipeline;

/// <param name="FlushInterval">How often unfinished batches are written; infinite: only by Flush.</param>
/// <param name="CloseTimeout">How long a failing destination is tried again while closing.</param>
/// <param name="SyncToDisk">Whether a flush waits for the disk itself.</param>
internal sealed record BackgroundWriterOptions(TimeSpan FlushInterval, TimeSpan CloseTimeout, bool SyncToDisk);
