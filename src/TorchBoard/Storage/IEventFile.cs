namespace TorchBoard.Storage;

/// <summary>
/// An event file of a run, open for appending. Not thread-safe. Any exception of a member, of any type, is an outage of
/// the storage; see <see cref="RunStorage"/>.
/// </summary>
internal interface IEventFile : IDisposable
{
    string Path { get; }

    /// <summary>
    /// Whether the appended data can no longer be found there, because the file was deleted, replaced or truncated.
    /// Further data then belongs in another file.
    /// </summary>
    bool IsGone { get; }

    /// <summary>
    /// Passes whole records to the storage. If it throws, none of them counts as written, and the same call may be made
    /// again.
    /// </summary>
    /// <exception cref="IOException">The records could not be written.</exception>
    void Append(ReadOnlySpan<byte> records);

    /// <summary>
    /// Starts writing the appended data to the disk, so that <see cref="SyncToDisk"/> has less to do. Does not wait,
    /// and may do nothing.
    /// </summary>
    void StartWriteBack()
    {
    }

    /// <summary>Waits until the data appended before the call would survive a power failure.</summary>
    /// <exception cref="IOException">It would not.</exception>
    void SyncToDisk();
}
