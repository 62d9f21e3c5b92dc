namespace TorchBoard.Pipeline;

/// <summary>A record whose encoding is costly and left to the background thread.</summary>
internal interface IDeferredRecord
{
    /// <summary>The bytes it keeps in memory until it is written.</summary>
    long Size { get; }

    /// <summary>The framed record. Called again where writing it failed.</summary>
    byte[] Encode();
}
