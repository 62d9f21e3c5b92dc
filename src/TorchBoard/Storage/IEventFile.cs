namespace TorchBoard.Storage;

/// <summary>
/// A run's event file that is open for appending. Used by one thread. Whatever a member throws, of whatever type, is an
/// outage of the storage: see <see cref="RunStorage"/>.
/// </summary>
internal interface IEventFile : IDisposable
{
    string Path { get; }

    /// <summary>
    /// Whether what was appended can no longer be found there: somebody deleted, replaced or cut the file. What comes
    /// next belongs into another one.
    /// </summary>
    bool IsGone { get; }

    /// <summary>
    /// Gives whole records to the storage. Where it throws, none of them counts as written, and the same call may be made
    /// again.
    /// </summary>
    /// <exception cref="IOException">They could not be written.</exception>
    void Append(ReadOnlySpan<byte> records);

    /// <summary>
    /// Has what was appended begin its way to the disk, so that less of it is left to <see cref="SyncToDisk"/>. Waits for
    /// nothing, and may do nothing.
    /// </summary>
    void StartWriteBack()
    {
    }

    /// <summary>Returns when what was appended before the call would outlive a power cut.</summary>
    /// <exception cref="IOException">It would not.</exception>
    void SyncToDisk();
}
