using System.Buffers;

namespace TorchBoard.Storage.Objects;

/// <summary>
/// Requests small objects before they are read, several at a time, so that a row of segments takes as long as a few
/// requests one after another. Thread-safe.
/// </summary>
/// <param name="store">The store.</param>
internal sealed class ReadAhead(ObjectStorage store)
{
    /// <summary>The largest object that is read in one request, and therefore ahead.</summary>
    public const int LargestObject = 1 << 20;

    // Also the bound on memory: as many objects are held at most.
    private const int MostRequests = 16;

    private readonly Lock _gate = new();
    private readonly Queue<string> _order = new();
    private readonly Dictionary<string, (ObjectPath Path, int Size)> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task<ReadObject>> _requested = new(StringComparer.Ordinal);

    /// <summary>Announces an object that will be read from its beginning, after those announced before.</summary>
    public void Add(ObjectPath path, long size)
    {
        if (size is 0 or > LargestObject)
            return;
        lock (_gate)
        {
            if (!_requested.ContainsKey(path.Key) && _waiting.TryAdd(path.Key, (path, (int)size)))
                _order.Enqueue(path.Key);
            RequestMore();
        }
    }

    /// <summary>
    /// Returns the content of an object that has been requested, whose buffer belongs to the caller; null if it has not.
    /// </summary>
    public Task<ReadObject>? Take(ObjectPath path)
    {
        lock (_gate)
        {
            _waiting.Remove(path.Key);
            _requested.Remove(path.Key, out Task<ReadObject>? content);
            RequestMore();
            return content;
        }
    }

    private void RequestMore()
    {
        while (_requested.Count < MostRequests && _order.TryDequeue(out string? key))
        {
            if (_waiting.Remove(key, out (ObjectPath Path, int Size) next))
                _requested.Add(key, ReadAsync(next.Path, next.Size));
        }
    }

    private async Task<ReadObject> ReadAsync(ObjectPath path, int size)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(size);
        int count = await store.ReadAsync(path, 0, buffer.AsMemory(0, size), CancellationToken.None)
            .ConfigureAwait(false);
        return new ReadObject(buffer, count);
    }

    /// <summary>The beginning of an object.</summary>
    /// <param name="Buffer">A buffer of the shared pool.</param>
    /// <param name="Count">The number of bytes in it.</param>
    public readonly record struct ReadObject(byte[] Buffer, int Count);
}
