namespace TorchBoard.Files;

/// <summary>
/// Where the records of one run go, in order. Used by one thread, but that <see cref="SyncToDisk"/> may run beside
/// <see cref="Append"/>.
/// </summary>
internal interface IEventDestination : IDisposable
{
    string Path { get; }

    /// <summary>
    /// Whether what was appended can no longer be found there: somebody deleted, replaced or cut the file. What comes
    /// next belongs into another one.
    /// </summary>
    bool IsGone { get; }

    /// <summary>
    /// Gives whole records to the operating system. Where it throws, none of them counts as written, and the
    /// same call may be made again.
    /// </summary>
    /// <exception cref="IOException">They could not be written.</exception>
    void Append(ReadOnlySpan<byte> records);

    /// <summary>Returns when what was appended before the call would outlive a power cut.</summary>
    /// <exception cref="IOException">It would not.</exception>
    void SyncToDisk();
}
