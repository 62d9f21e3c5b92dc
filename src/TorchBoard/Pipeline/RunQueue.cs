using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace TorchBoard.Pipeline;

/// <summary>
/// The records appended to one run and not written yet. Any thread appends to the active batch; full batches are sealed
/// and wait, in order, for the background thread.
/// </summary>
/// <param name="share">The source of batches, with their limit; null for a run that is not written.</param>
/// <param name="patience">The maximum time that a producer waits for room before its record is dropped.</param>
/// <param name="owner">The type reported as disposed by an append after <see cref="Close"/>.</param>
/// <param name="writer">The background thread, as far as the queue notifies it; null for a run that is not written.</param>
internal sealed class RunQueue(PoolShare? share, TimeSpan patience, Type owner, IQueueListener? writer)
{
    /// <summary>
    /// The maximum number of bytes waiting to be encoded in a batch: less than in a framed one, because encoding is
    /// slower.
    /// </summary>
    private const int MostDeferred = 1 << 18;

    private readonly SpinGate _gate = new(Environment.ProcessorCount);
    private readonly Queue<Batch> _sealed = new();
    private Batch? _active;
    private int _nextCapacity = BatchPool.SmallestCapacity;
    private bool _closed;
    private bool _isWrittenThrough;
    private long _dropped;

    /// <summary>The number of records lost because there was no room or they could not be written.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>
    /// Appends a framed record. If the limit of unwritten bytes leaves no room in time, the record is dropped and
    /// counted.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
                if (share is null)
                    return;
                if (TryAppend(in record))
                {
                    if (!_isWrittenThrough)
                        return;
                    SealActive();
                    break;
                }
            }

            if (!WaitForRoom(share, capacity, ref left))
                return;
        }

        writer!.AwaitWritten();
    }

    /// <summary>Appends a record that the background thread encodes, under the same conditions.</summary>
    public void Append(IDeferredRecord record)
    {
        TimeSpan left = patience;
        while (true)
        {
            using (_gate.Enter())
            {
                ThrowIfClosed();
                if (share is null)
                    return;

                // The record takes no room in the batch itself: a small batch suffices and need not be cleared.
                if (_active is null)
                    Begin(BatchPool.SmallestCapacity);
                if (_active is not null && share.TryTake(record.Size))
                {
                    _active.Append(record);
                    if (_isWrittenThrough || _active.DeferredSize >= MostDeferred)
                        SealActive();
                    if (!_isWrittenThrough)
                        return;
                    break;
                }

                if (_active is not null)
                    SealActive();
            }

            if (!WaitForRoom(share, Math.Max(record.Size, BatchPool.SmallestCapacity), ref left))
                return;
        }

        writer!.AwaitWritten();
    }

    /// <summary>
    /// Makes every later append wait until it is written: the process ends, and nobody else would write it.
    /// </summary>
    public void WriteThrough()
    {
        using (_gate.Enter())
        {
            _isWrittenThrough = true;

            // Without an active batch, no append takes the fast path.
            if (_active is not null)
                SealActive();
        }
    }

    /// <summary>Passes the active batch to the background thread, even if it is not full.</summary>
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

    /// <summary>Returns a batch after its records were written or dropped.</summary>
    public void Return(Batch batch) => share!.Return(batch);

    /// <inheritdoc cref="PoolShare.IsStalled"/>
    public bool IsStalled
    {
        set => share!.IsStalled = value;
    }

    /// <summary>Returns a queue that discards all records, but still checks whether it is closed.</summary>
    public static RunQueue OfNothing(Type owner) => new(share: null, TimeSpan.Zero, owner, writer: null);

    /// <summary>Makes every later append throw; records appended before stay.</summary>
    public void Close()
    {
        using (_gate.Enter())
            _closed = true;
    }

    public void CountDropped(long records) => Interlocked.Add(ref _dropped, records);

    private bool TryAppend<T>(scoped in T record)
        where T : IFramedRecord, allows ref struct =>
        _active is { } active && !_closed && active.TryAppend(record);

    // Without room for another batch, the full one must still be written, or no room is ever made.
    private int Replace(int length)
    {
        ThrowIfClosed();
        if (_active is not null)
            SealActive();

        int capacity = Math.Max(_nextCapacity, length);
        Begin(capacity);
        if (_active is not null)
            _nextCapacity = Math.Min(_nextCapacity * 2, share!.FullCapacity);
        return capacity;
    }

    private void Begin(int capacity)
    {
        _active = share?.TryRent(capacity);
        if (_active is not null)
            writer!.BatchBegun();
    }

    private void SealActive()
    {
        Batch active = _active!;
        _active = null;
        if (active.IsEmpty)
        {
            share!.Return(active);
            return;
        }

        _sealed.Enqueue(active);
        writer!.BatchReady();
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_closed, owner);

    private bool WaitForRoom(PoolShare share, long bytes, ref TimeSpan left)
    {
        // Other runs may hold all of the room in batches that nobody fills.
        if (!share.IsStalled)
            writer!.RoomWanted();
        long start = Stopwatch.GetTimestamp();
        bool hasRoom = share.WaitForRoom(bytes, left);
        left -= Stopwatch.GetElapsedTime(start);
        if (!hasRoom)
            CountDropped(1);
        return hasRoom;
    }
}
