using System.Buffers;
using System.Runtime.CompilerServices;
using TorchBoard.Storage;

namespace TorchBoard.Records;

/// <summary>The part of a file that is in memory, and a position in it. Not thread-safe.</summary>
internal sealed class FileWindow : IDisposable
{
    private readonly IStoredFile _file;
    private byte[] _buffer;
    private long _bufferOffset;
    private int _filled;
    private int _at;

    /// <param name="file">The file; closed with the window.</param>
    /// <param name="position">The start position.</param>
    /// <param name="size">The number of bytes to read at a time.</param>
    public FileWindow(IStoredFile file, long position, int size)
    {
        _file = file;
        _buffer = ArrayPool<byte>.Shared.Rent(size);
        _bufferOffset = position;
    }

    public IStoredFile File => _file;

    /// <summary>The position of the next byte.</summary>
    public long Position => _bufferOffset + _at;

    /// <summary>The position after the bytes in memory.</summary>
    public long End => _bufferOffset + _filled;

    /// <summary>The bytes in memory from the position on.</summary>
    public ReadOnlySpan<byte> Available
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _buffer.AsSpan(_at, _filled - _at);
    }

    /// <summary>The number of bytes that fit in memory before the window grows.</summary>
    public int Capacity => _buffer.Length;

    /// <summary>Skips bytes that are in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int count) => _at += count;

    public void MoveTo(long position)
    {
        if (position >= _bufferOffset && position <= End)
        {
            _at = (int)(position - _bufferOffset);
            return;
        }

        _bufferOffset = position;
        _filled = _at = 0;
    }

    /// <summary>Reads until that many bytes are available; returns false if the file has fewer.</summary>
    public bool Ensure(int count)
    {
        if (_filled - _at >= count)
            return true;

        if (_at > 0)
        {
            Available.CopyTo(_buffer);
            _filled -= _at;
            _bufferOffset += _at;
            _at = 0;
        }

        if (count > _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(count);
            _buffer.AsSpan(0, _filled).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        while (_filled < count)
        {
            int read = _file.Read(_buffer.AsSpan(_filled), _bufferOffset + _filled);
            if (read == 0)
                return false;
            _filled += read;
        }

        return true;
    }

    /// <summary>Fills a buffer from anywhere in the file; returns false if the file ends before.</summary>
    public bool TryPeek(Span<byte> buffer, long position)
    {
        // A file may return fewer bytes than it has.
        while (!buffer.IsEmpty)
        {
            int read = _file.Read(buffer, position);
            if (read == 0)
                return false;
            buffer = buffer[read..];
            position += read;
        }

        return true;
    }

    public void Dispose()
    {
        _file.Dispose();
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _filled = _at = 0;
    }
}
