using System.Buffers;

namespace TorchBoard.Storage.Objects;

/// <summary>
/// An object open for reading. Reads ahead by ranges that double, so that a large object takes few requests and the new
/// bytes of a small one take one. Not thread-safe.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="path">The object.</param>
/// <param name="length">The size as listed, beyond which nothing is read; null for what there is at the time.</param>
/// <param name="ahead">The beginning of the object if it has already been requested; otherwise null.</param>
internal sealed class ObjectFile(
    ObjectStorage store, ObjectPath path, long? length, Task<ReadAhead.ReadObject>? ahead = null) : IStoredFile
{
    private const int FirstRange = ReadAhead.LargestObject;
    private const int LargestRange = 1 << 24;

    private byte[] _buffer = [];
    private long _bufferOffset;
    private int _filled;
    private int _range = FirstRange;
    private Task<ReadAhead.ReadObject>? _ahead = ahead;

    public long Length => length ?? ObjectRequest.Wait(
        async () => (await store.FindAsync(path, CancellationToken.None).ConfigureAwait(false))?.Size ?? 0);

    public int Read(Span<byte> buffer, long position)
    {
        if (buffer.IsEmpty || position >= length)
            return 0;
        if (position < _bufferOffset || position >= _bufferOffset + _filled)
            Fill(position, buffer.Length);
        ReadOnlySpan<byte> there = _buffer.AsSpan(0, _filled)[(int)(position - _bufferOffset)..];
        int count = Math.Min(there.Length, buffer.Length);
        there[..count].CopyTo(buffer);
        return count;
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _filled) = ([], 0);
    }

    private void Fill(long position, int wanted)
    {
        if (_ahead is { } requested)
        {
            _ahead = null;
            (_buffer, _filled) = ObjectRequest.Wait(() => requested);
            if (position < _filled)
                return;
        }

        int range = length is { } known ? (int)Math.Min(_range, known - position) : Math.Min(_range, wanted);
        if (_buffer.Length < range)
        {
            Dispose();
            _buffer = ArrayPool<byte>.Shared.Rent(range);
        }

        (_bufferOffset, _filled) = (position, 0);
        Memory<byte> ahead = _buffer.AsMemory(0, range);
        _filled = ObjectRequest.Wait(
            () => store.ReadAsync(path, position, ahead, CancellationToken.None).AsTask());
        _range = Math.Min(_range * 2, LargestRange);
    }
}
