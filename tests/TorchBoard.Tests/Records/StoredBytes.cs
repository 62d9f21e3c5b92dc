using TorchBoard.Storage;

namespace TorchBoard.Tests.Records;

/// <summary>A file in memory that can grow, followed by zeros, and that returns at most so many bytes per read.</summary>
internal sealed class StoredBytes(byte[] content, int mostPerRead = int.MaxValue, long zeros = 0) : IStoredFile
{
    /// <summary>The number of bytes of the content that the file has by now.</summary>
    public int Grown { get; set; } = content.Length;

    /// <summary>The number of bytes read so far.</summary>
    public long BytesRead { get; private set; }

    public bool IsDisposed { get; private set; }

    public long Length => Grown + zeros;

    public int Read(Span<byte> buffer, long position)
    {
        int count = (int)Math.Clamp(Length - position, 0, Math.Min(buffer.Length, mostPerRead));
        buffer = buffer[..count];
        buffer.Clear();
        if (position < Grown)
        {
            ReadOnlySpan<byte> rest = content.AsSpan((int)position, Grown - (int)position);
            rest[..Math.Min(rest.Length, count)].CopyTo(buffer);
        }

        BytesRead += count;
        return count;
    }

    public void Dispose() => IsDisposed = true;
}
