using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace TorchBoard.Pipeline;

/// <summary>
/// The producers' side of one run: records of any thread are appended to the active batch; full batches are
/// sealed and wait, in order, for the background thread.
/// </summary>
/// <param name="directory">The run's directory.</param>
/// <param name="pool">Where batches come from, and the bound on them; null for a run that is not written.</param>
/// <param name="patience">How long a producer waits for room before its record is dropped.</param>
/// <param name="batchReady">Tells the background thread that a batch was sealed.</param>
internal sealed class RunChannel(string directory, BatchPool? pool, TimeSpan patience, Action batchReady)
{
    private readonly object _gate = new();
    private readonly Queue<Batch> _sealed = new();
    private Batch? _active;
    private int _nextCapacity = BatchPool.SmallestCapacity;
    private bool _closed;
    private long _dropped;

    public string Directory => directory;

    /// <summary>Records that found no room, or could not be written, and are lost.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>
    /// Reserves room for one record of at most that length. False where the bound on unwritten bytes leaves
    /// none in time; the record counts as dropped then.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The channel is closed.</exception>
    public bool TryReserve(int maxLength, out RecordSlot slot)
    {
        Monitor.Enter(_gate);
        if (_active is { } active && active.Free.Length >= maxLength && !_closed)
        {
            slot = new RecordSlot(_gate, active);
            return true;
        }

        Monitor.Exit(_gate);
        return TryReserveInNewBatch(maxLength, out slot);
    }

    /// <summary>Appends a record that the background thread is to encode, under the same terms.</summary>
    public void Append(IDeferredRecord record)
    {
        TimeSpan left = patience;
        while (pool?.TryTake(record.Size) == false)
        {
            Seal();
            batchReady();
            if (!WaitForRoom(pool, record.Size, ref left))
                return;
        }

        bool appended = false;
        try
        {
            if (!TryReserve(0, out RecordSlot slot))
                return;
            using (slot)
            {
                slot.Commit(record);
                appended = true;
                if (_active!.DeferredSize >= BatchPool.FullCapacity)
                    SealActive();
            }
        }
        finally
        {
            if (!appended)
                pool?.Give(record.Size);
        }
    }

    /// <summary>Hands the active batch over to the background thread, however full.</summary>
    public void Seal()
    {
        lock (_gate)
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
        lock (_gate)
            return _sealed.TryDequeue(out batch);
    }

    /// <summary>From now on every append throws; what was appended before stays.</summary>
    public void Close()
    {
        lock (_gate)
            _closed = true;
    }

    public void CountDropped(long records) => Interlocked.Add(ref _dropped, records);

    private bool TryReserveInNewBatch(int maxLength, out RecordSlot slot)
    {
        TimeSpan left = patience;
        while (true)
        {
            int capacity;
            bool keepGate = false;
            Monitor.Enter(_gate);
            try
            {
                ObjectDisposedException.ThrowIf(_closed, typeof(SummaryWriter));
                if (pool is null)
                {
                    slot = default;
                    return false;
                }

                capacity = Math.Max(_nextCapacity, maxLength);
                if (_active is null || _active.Free.Length < maxLength)
                    Replace(pool.TryRent(capacity));
                if (_active is { } active)
                {
                    slot = new RecordSlot(_gate, active);
                    return keepGate = true;
                }
            }
            finally
            {
                if (!keepGate)
                    Monitor.Exit(_gate);
            }

            if (!WaitForRoom(pool, capacity, ref left))
            {
                slot = default;
                return false;
            }
        }
    }

    // Without room for another, the full batch must go out all the same, or nothing ever makes room.
    private void Replace(Batch? next)
    {
        if (_active is not null)
            SealActive();
        _active = next;
        if (next is not null)
            _nextCapacity = Math.Min(_nextCapacity * 2, BatchPool.FullCapacity);
    }

    private void SealActive()
    {
        _sealed.Enqueue(_active!);
        _active = null;
        batchReady();
    }

    private bool WaitForRoom(BatchPool pool, long bytes, ref TimeSpan left)
    {
        long start = Stopwatch.GetTimestamp();
        bool hasRoom = pool.WaitForRoom(bytes, left);
        left -= Stopwatch.GetElapsedTime(start);
        if (!hasRoom)
            CountDropped(1);
        return hasRoom;
    }
}
