namespace TorchBoard.Storage;

/// <summary>A file that is open for reading, and that may grow meanwhile. Used by one thread.</summary>
internal interface IStoredFile : IDisposable
{
    /// <summary>The length now.</summary>
    long Length { get; }

    /// <summary>Reads at a position; returns how many bytes, and zero only at the end.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    int Read(Span<byte> buffer, long position);
}
