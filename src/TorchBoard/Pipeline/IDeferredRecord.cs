namespace TorchBoard.Pipeline;

/// <summary>A record whose encoding is costly and left to the background thread.</summary>
internal interface IDeferredRecord
{
    /// <summary>The bytes it keeps in memory until it is written.</summary>
    long Size { get; }

    /// <summary>
    /// Whether what <see cref="Encode"/> has thrown is an outage of the storage, so that it is to be called again later.
    /// Otherwise the record cannot be encoded and is lost.
    /// </summary>
    bool IsTriedAgain => false;

    /// <summary>
    /// The framed record; empty where there is nothing to append. Called again where writing it failed.
    /// </summary>
    byte[] Encode();
}
