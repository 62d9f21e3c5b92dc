namespace TorchBoard.Pipeline;

/// <summary>A record whose encoding is costly and left to the background thread.</summary>
internal interface IDeferredRecord
{
    /// <summary>The bytes it keeps in memory until it is written.</summary>
    long Size { get; }

    /// <summary>
    /// The framed record; empty where there is nothing to append. Called again where writing it failed.
    /// </summary>
    /// <exception cref="IOException">Something cannot be written now; it is to be tried again.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    byte[] Encode();
}
