namespace TorchBoard.Pipeline;

/// <summary>
/// One run's part of the memory of a writer: what it holds, and whether it waits for more. Thread-safe.
/// </summary>
internal sealed class PoolShare(BatchPool pool)
{
    /// <summary>The size of the batches of a busy run, in bytes.</summary>
    public readonly int FullCapacity = pool.FullCapacity;

    private long _held;
    private volatile bool _isStalled;

    /// <summary>
    /// If set, no producer of the run waits for room: the run cannot be written, and waiting would stop the training
    /// loop.
    /// </summary>
    public bool IsStalled
    {
        get => _isStalled;
        set
        {
            if (_isStalled == value)
                return;
            _isStalled = value;
            pool.Wake();
        }
    }

    /// <summary>Returns an empty batch of at least that capacity; null if there is no room for it now.</summary>
    public Batch? TryRent(int capacity)
    {
        if (!IsFair(capacity))
            return null;
        Batch? batch = pool.TryRent(capacity);
        if (batch is not null)
            Interlocked.Add(ref _held, batch.Capacity);
        return batch;
    }

    /// <summary>Returns a batch together with the room of its values.</summary>
    public void Return(Batch batch)
    {
        Interlocked.Add(ref _held, -batch.Capacity - batch.DeferredSize);
        pool.Return(batch);
    }

    /// <summary>Takes room for a value that waits to be encoded. It is returned with the batch that holds the value.</summary>
    public bool TryTake(long bytes)
    {
        if (!IsFair(bytes) || !pool.TryTake(bytes))
            return false;
        Interlocked.Add(ref _held, bytes);
        return true;
    }

    /// <inheritdoc cref="BatchPool.WaitForRoom"/>
    public bool WaitForRoom(long bytes, TimeSpan timeout) => pool.WaitForRoom(bytes, timeout, this);

    /// <summary>Ends the share, which holds nothing anymore.</summary>
    public void Close() => pool.CloseShare();

    /// <summary>Whether the run may hold that many bytes more. A run that is written may always hold one value.</summary>
    public bool IsFair(long bytes)
    {
        long held = Interlocked.Read(ref _held);
        return (held == 0 && !_isStalled) || pool.IsFair(bytes, held);
    }
}
