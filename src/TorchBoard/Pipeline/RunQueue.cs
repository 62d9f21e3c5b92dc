using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace TorchBoard.Pipeline;

/// <summary>
/// What was appended to one run and is not written yet. Any thread appends records to the active batch; full batches
/// are sealed and wait, in order, for the background thread.
/// </summary>
/// <param name="pool">Where batches come from, and the bound on them; null for a run that is not written.</param>
/// <param name="patience">How long a producer waits for room before its record is dropped.</param>
/// <param name="owner">The type that an append after <see cref="Close"/> reports as disposed.</param>
/// <param name="batchReady">Tells the background thread that a batch was sealed.</param>
/// <param name="roomWanted">Asks the background thread to write the batches that are being filled.</param>
internal sealed class RunQueue(
    BatchPool? pool, TimeSpan patience, Type owner, Action batchReady, Action roomWanted)
{
    /// <summary>
    /// How many bytes may wait to be encoded in a batch: less than a framed one holds, as the encoding takes longer.
    /// </summary>
    private const int MostDeferred = 1 << 18;

    private readonly SpinGate _gate = new();
    private readonly Queue<Batch> _sealed = new();
    private Batch? _active;
    private int _nextCapacity = BatchPool.SmallestCapacity;
    private bool _closed;
    private long _dropped;

    /// <summary>The number of records that found no room or could not be written, and are lost.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>
    /// Appends a framed record. Where the bound on unwritten bytes leaves no room in time, it counts as dropped.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public void Append<T>(scoped in T record)
        where T : IFramedRecord, allows ref struct
    {
        _gate.Take();
        bool appended = TryAppend(in record);
        _gate.Release();
        if (!appended)
            AppendToNext(in record);
    }

    private void AppendToNext<T>(scoped in T record)
        where T : IFramedRecord, allows ref struct
    {
        TimeSpan left = patience;
        while (true)
        {
            int capacity;
            using (_gate.Enter())
            {
                if (TryAppend(in record))
                    return;
                capacity = Replace(record.Length);
                if (pool is null || TryAppend(in record))
                    return;
            }

            if (!WaitForRoom(pool, capacity, ref left))
                return;
        }
    }

    /// <summary>Appends a record that the background thread is to encode, under the same terms.</summary>
    public void Append(IDeferredRecord record)
    {
        TimeSpan left = patience;
        while (true)
        {
            using (_gate.Enter())
            {
                ThrowIfClosed();
                if (pool is null)
                    return;

                // The record takes no room in the batch itself: a small one will do, and costs no clearing.
                _active ??= pool.TryRent(BatchPool.SmallestCapacity);
                if (_active is not null && pool.TryTake(record.Size))
                {
                    _active.Append(record);
                    if (_active.DeferredSize >= MostDeferred)
                        SealActive();
                    return;
                }

                if (_active is not null)
                    SealActive();
            }

            if (!WaitForRoom(pool, Math.Max(record.Size, BatchPool.SmallestCapacity), ref left))
                return;
        }
    }

    /// <summary>Hands the active batch over to the background thread, however full.</summary>
    public void Seal()
    {
        using (_gate.Enter())
        {
            if (_active is not { IsEmpty: false } active)
                return;
            if (active.Length < active.Capacity / 4 && _nextCapacity > BatchPool.SmallestCapacity)
                _nextCapacity /= 2;
            _sealed.Enqueue(active);
            _active = null;
        }
    }

    public bool TryTakeSealed([NotNullWhen(true)] out Batch? batch)
    {
        using (_gate.Enter())
            return _sealed.TryDequeue(out batch);
    }

    /// <summary>A queue that checks whether it is closed and otherwise takes everything and keeps nothing.</summary>
    public static RunQueue OfNothing(Type owner) => new(pool: null, TimeSpan.Zero, owner, () => { }, () => { });

    /// <summary>From now on every append throws; what was appended before stays.</summary>
    public void Close()
    {
        using (_gate.Enter())
            _closed = true;
    }

    public void CountDropped(long records) => Interlocked.Add(ref _dropped, records);

    private bool TryAppend<T>(scoped in T record)
        where T : IFramedRecord, allows ref struct =>
        _active is { } active && !_closed && active.TryAppend(record);

    // Without room for another, the full batch must go out all the same, or nothing ever makes room.
    private int Replace(int length)
    {
        ThrowIfClosed();
        if (_active is not null)
            SealActive();

        int capacity = Math.Max(_nextCapacity, length);
        _active = pool?.TryRent(capacity);
        if (_active is not null)
            _nextCapacity = Math.Min(_nextCapacity * 2, pool!.FullCapacity);
        return capacity;
    }

    private void SealActive()
    {
        _sealed.Enqueue(_active!);
        _active = null;
        batchReady();
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_closed, owner);

    private bool WaitForRoom(BatchPool pool, long bytes, ref TimeSpan left)
    {
        // Other runs may hold all of it in batches that nobody fills up.
        if (!pool.Stalled)
            roomWanted();
        long start = Stopwatch.GetTimestamp();
        bool hasRoom = pool.WaitForRoom(bytes, left);
        left -= Stopwatch.GetElapsedTime(start);
        if (!hasRoom)
            CountDropped(1);
        return hasRoom;
    }
}
