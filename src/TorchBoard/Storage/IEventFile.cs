namespace TorchBoard.Storage;

/// <summary>
/// An event file of a run, open for appending. Not thread-safe. Any exception of a member, of any type, is an outage of
/// the storage; see <see cref="RunStorage"/>.
/// </summary>
internal interface IEventFile : IDisposable
{
    string Path { get; }

    /// <summary>Whether the run had event files of others when this file was created.</summary>
    bool HasOthers => false;

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
    /// <exception cref="IOException">
    /// It would not. As systems report that only once, no later success counts: further data belongs in another file.
    /// </exception>
    void SyncToDisk();

    /// <summary>
    /// After a failed <see cref="SyncToDisk"/>, reads the data appended since the last success, passes it on and removes
    /// it here. Returns false if it can no longer be read. After an exception, the next call continues from there.
    /// </summary>
    /// <param name="hash">The XXH3 hash of the data.</param>
    /// <param name="append">Appends to another file; its exceptions are passed on.</param>
    bool TryMoveUnsynced(ulong hash, Action<ReadOnlySpan<byte>> append) => false;

    /// <summary>
    /// Releases what the system limits, such as an open handle; the next call of another member obtains it again.
    /// </summary>
    /// <exception cref="IOException">Data that was appended before may be lost.</exception>
    void Release()
    {
    }
}
