namespace TorchBoard.Storage;

/// <summary>A file open for reading, which may grow meanwhile. Not thread-safe.</summary>
internal interface IStoredFile : IDisposable
{
    /// <summary>The current length.</summary>
    long Length { get; }

    /// <summary>Reads at a position and returns the number of bytes read; zero only at the end.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    int Read(Span<byte> buffer, long position);
}
