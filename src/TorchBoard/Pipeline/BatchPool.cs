using System.Diagnostics;

namespace TorchBoard.Pipeline;

/// <summary>
/// The memory of one writer. Provides empty batches and room for copies within the limit of unwritten bytes, and lets
/// producers wait for room. Returned memory is kept for reuse, within the same limit. Thread-safe.
/// </summary>
internal sealed class BatchPool(long limit)
{
    public const int SmallestCapacity = 1 << 10;

    /// <summary>
    /// The smallest measured size beyond which the kernel's share of the time no longer fell: it handles large writes
    /// in large pages.
    /// </summary>
    private const int LargestCapacity = 1 << 20;

    /// <summary>
    /// The minimum number of batches within the limit, so that some can be filled while others are written.
    /// </summary>
    private const int FewestBatches = 16;

    /// <summary>The number of unused batches, and of copies, that are kept after a burst.</summary>
    private const int KeptWhenIdle = 8;

    /// <summary>
    /// Lengths of copies are rounded up to this unit, so that copies of almost the same length can be reused.
    /// </summary>
    private const int CopyUnit = 1 << 12;

    /// <summary>The size of the batches of a busy run, in bytes.</summary>
    public readonly int FullCapacity = (int)Math.Min(limit / FewestBatches, LargestCapacity);

    // Reused, so that a steady stream allocates nothing; fresh memory also costs several times as much as a copy.
    private readonly object _gate = new();
    private readonly Stack<Batch> _kept = new();
    private readonly List<byte[]> _keptCopies = [];
    private long _keptCopyBytes;
    private long _used;
    private bool _wasAsked;
    private bool _stalled;
    private bool _isHanging;
    private int _shares;

    /// <summary>If set, no producer waits for room: nothing is written anymore.</summary>
    public bool Stalled
    {
        get
        {
            lock (_gate)
                return _stalled;
        }

        set
        {
            lock (_gate)
            {
                _stalled = value;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>The number of bytes in use or kept for reuse.</summary>
    public long Held
    {
        get
        {
            lock (_gate)
                return _used + Kept;
        }
    }

    /// <summary>Opens the share of one run.</summary>
    public PoolShare OpenShare()
    {
        Interlocked.Increment(ref _shares);
        return new PoolShare(this);
    }

    /// <summary>Ends the share of a run, which holds nothing anymore.</summary>
    public void CloseShare() => Interlocked.Decrement(ref _shares);

    private long Kept => ((long)_kept.Count * FullCapacity) + _keptCopyBytes;

    /// <summary>Returns an empty batch of at least that capacity; null if the limit does not allow it now.</summary>
    public Batch? TryRent(int capacity)
    {
        bool isFull = capacity > FullCapacity / 2 && capacity <= FullCapacity;
        lock (_gate)
        {
            _wasAsked |= isFull;
            if (isFull && _kept.Count > 0 && HasRoom(FullCapacity))
            {
                _used += FullCapacity;
                return _kept.Pop();
            }

            if (!HasRoom(capacity))
                return null;
            _used += capacity;
            LetGo();
        }

        return new Batch(capacity);
    }

    public void Return(Batch batch)
    {
        long given = batch.Capacity + batch.DeferredSize;
        batch.Clear();
        lock (_gate)
        {
            if (batch.Capacity == FullCapacity)
                _kept.Push(batch);
            Give(given);
        }
    }

    /// <summary>
    /// Returns an array of at least that length, not cleared. It takes no room within the limit; the record that holds
    /// it does.
    /// </summary>
    public byte[] RentCopy(int length)
    {
        lock (_gate)
        {
            int best = -1;
            for (int i = 0; i < _keptCopies.Count; i++)
            {
                int kept = _keptCopies[i].Length;
                if (kept >= length && kept / 2 <= length && (best < 0 || kept < _keptCopies[best].Length))
                    best = i;
            }

            if (best >= 0)
                return RemoveCopy(best);
        }

        long rounded = ((long)length + CopyUnit - 1) / CopyUnit * CopyUnit;
        return GC.AllocateUninitializedArray<byte>((int)Math.Min(rounded, Array.MaxLength));
    }

    /// <summary>Returns an array that is no longer used.</summary>
    public void ReturnCopy(byte[] copy)
    {
        lock (_gate)
        {
            _keptCopies.Add(copy);
            _keptCopyBytes += copy.Length;
            LetGo();
        }
    }

    /// <summary>
    /// Releases half of the unused batches, down to a few, if none was rented since the last call; during a burst, they
    /// would have to be allocated again. After ten million scalars at once, the pool keeps 8 MiB; without this, it keeps 13 to
    /// 60 MiB as long as the writer is open. Returns whether a later call would release more.
    /// </summary>
    public bool Trim()
    {
        lock (_gate)
        {
            int stay = _wasAsked ? _kept.Count : Math.Max(_kept.Count / 2, KeptWhenIdle);
            _wasAsked = false;
            while (_kept.Count > stay)
                _kept.Pop();
            if (_keptCopies.Count > KeptWhenIdle)
                RemoveCopy(0);
            return _kept.Count > KeptWhenIdle || _keptCopies.Count > KeptWhenIdle;
        }
    }

    /// <summary>
    /// Takes room for a value that waits to be encoded. The room is returned with the batch that holds the value, or by
    /// <see cref="Give"/>.
    /// </summary>
    public bool TryTake(long bytes)
    {
        lock (_gate)
        {
            if (!HasRoom(bytes))
                return false;
            _used += bytes;
            LetGo();
            return true;
        }
    }

    public void Give(long bytes)
    {
        lock (_gate)
        {
            _used -= bytes;
            _isHanging = false;
            LetGo();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Lets producers that wait for room check again whether they should.</summary>
    public void Wake()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    /// <summary>
    /// Whether a run may hold that many bytes more. With several runs, each holds at most as much as is free, so that
    /// the others always find room, however many of them cannot be written.
    /// </summary>
    /// <param name="bytes">The number of bytes to add.</param>
    /// <param name="held">The number of bytes that the run holds.</param>
    public bool IsFair(long bytes, long held)
    {
        if (Volatile.Read(ref _shares) <= 1)
            return true;
        lock (_gate)
            return held + bytes <= limit - _used - bytes;
    }

    /// <summary>
    /// Waits until that many bytes have room in a share; returns false if they do not in time. If there was none for the
    /// whole time of one wait, the storage hangs, and nobody waits again until some data is written.
    /// </summary>
    public bool WaitForRoom(long bytes, TimeSpan timeout, PoolShare share)
    {
        long start = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            while (!HasRoom(bytes) || !share.IsFair(bytes))
            {
                TimeSpan left = timeout - Stopwatch.GetElapsedTime(start);
                if (_stalled || _isHanging || share.IsStalled)
                    return false;
                if (left <= TimeSpan.Zero)
                {
                    _isHanging = true;
                    Monitor.PulseAll(_gate);
                    return false;
                }

                Monitor.Wait(_gate, left);
            }

            return true;
        }
    }

    // Kept memory must leave room for memory in use; the oldest is released first.
    private void LetGo()
    {
        while (_used + Kept > limit && _keptCopies.Count > 0)
            RemoveCopy(0);
        while (_used + Kept > limit && _kept.Count > 0)
            _kept.Pop();
    }

    private byte[] RemoveCopy(int index)
    {
        byte[] copy = _keptCopies[index];
        _keptCopies.RemoveAt(index);
        _keptCopyBytes -= copy.Length;
        return copy;
    }

    // A value larger than half the limit is accepted alone rather than never.
    private bool HasRoom(long bytes) => _used + bytes <= limit || (bytes > limit / 2 && _used <= limit / 2);
}
