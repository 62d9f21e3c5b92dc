namespace TorchBoard.Pipeline;

/// <summary>A record with costly encoding, which is left to the background thread.</summary>
internal interface IDeferredRecord
{
    /// <summary>The number of bytes held in memory until the record is written.</summary>
    long Size { get; }

    /// <summary>
    /// Whether an exception of <see cref="Encode"/> is an outage of the storage, after which it is called again later.
    /// Otherwise, the record cannot be encoded and is lost.
    /// </summary>
    bool IsTriedAgain => false;

    /// <summary>
    /// The file to report after an exception of <see cref="Encode"/>; null for the event file of the run.
    /// </summary>
    string? Path => null;

    /// <summary>
    /// Returns the framed record; empty if there is nothing to append. Called again if writing failed.
    /// </summary>
    byte[] Encode();
}
