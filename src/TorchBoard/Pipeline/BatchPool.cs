using System.Diagnostics;

namespace TorchBoard.Pipeline;

/// <summary>
/// The memory of one writer: hands out empty batches and room for copies while the bound on unwritten bytes allows
/// it, and lets producers wait for room. What is given back is kept for the next, within the same bound. Thread-safe.
/// </summary>
internal sealed class BatchPool(long limit)
{
    public const int SmallestCapacity = 1 << 10;

    /// <summary>
    /// Of the sizes that were tried, the one from which on the kernel's share no longer fell: it takes large writes by
    /// large pages.
    /// </summary>
    private const int LargestCapacity = 1 << 20;

    /// <summary>How many batches the bound holds at least, so that some can be filled while others are written.</summary>
    private const int FewestBatches = 16;

    /// <summary>How many unused batches stay when a burst is over, and how many are in use before one is waited for.</summary>
    private const int KeptWhenIdle = 8;

    /// <summary>Copies are rounded up to this, so that one of almost the same length can be used again.</summary>
    private const int CopyUnit = 1 << 12;

    private static readonly TimeSpan LookForReturnTime = TimeSpan.FromMicroseconds(250);

    // Used again, so that a steady stream allocates nothing, and because fresh memory costs several times a copy.
    private readonly object _gate = new();
    private readonly Stack<Batch> _kept = new();
    private readonly List<byte[]> _keptCopies = [];
    private long _keptCopyBytes;
    private long _used;
    private bool _wasAsked;
    private bool _stalled;

    /// <summary>How large the batches of a busy run become.</summary>
    public int FullCapacity { get; } = (int)Math.Min(limit / FewestBatches, LargestCapacity);

    /// <summary>
    /// While set, nobody waits for room: the storage fails, and waiting would stop the training loop.
    /// </summary>
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

    /// <summary>The bytes that are used or kept.</summary>
    public long Held
    {
        get
        {
            lock (_gate)
                return _used + Kept;
        }
    }

    private long Kept => ((long)_kept.Count * FullCapacity) + _keptCopyBytes;

    /// <summary>An empty batch of at least that capacity, or null where the bound does not allow it now.</summary>
    public Batch? TryRent(int capacity)
    {
        bool isFull = capacity > FullCapacity / 2 && capacity <= FullCapacity;
        if (isFull && _kept.Count == 0 && _used > KeptWhenIdle * FullCapacity)
            LookForReturn();
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
    /// An array of at least that length, its content left over from before. Takes no room: that is up to the record
    /// that holds it.
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

    /// <summary>Gives back an array that nobody uses any more.</summary>
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
    /// Lets go of half the unused batches, down to a few, where none was asked for since the last time; in the middle of
    /// a burst they would only have to be made again.
    /// </summary>
    public void Trim()
    {
        lock (_gate)
        {
            int stay = _wasAsked ? _kept.Count : Math.Max(_kept.Count / 2, KeptWhenIdle);
            _wasAsked = false;
            while (_kept.Count > stay)
                _kept.Pop();
            if (_keptCopies.Count > KeptWhenIdle)
                RemoveCopy(0);
        }
    }

    /// <summary>
    /// Takes room for a value that waits to be encoded; it goes back with the batch that holds it, or by
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
            LetGo();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until that many bytes have room; false where they have none in time.</summary>
    public bool WaitForRoom(long bytes, TimeSpan timeout)
    {
        long start = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            while (!HasRoom(bytes))
            {
                TimeSpan left = timeout - Stopwatch.GetElapsedTime(start);
                if (_stalled || left <= TimeSpan.Zero)
                    return false;
                Monitor.Wait(_gate, left);
            }

            return true;
        }
    }

    // No longer than a new batch would take, which also is in no cache yet. Unlocked: what it sees is only a hint.
    private void LookForReturn()
    {
        long start = Stopwatch.GetTimestamp();
        while (_kept.Count == 0 && !_stalled && Stopwatch.GetElapsedTime(start) < LookForReturnTime)
            Thread.Yield();
    }

    // What is kept must leave room for what is used; the longest kept goes first.
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

    // A value of more than half the bound passes alone rather than never.
    private bool HasRoom(long bytes) => _used + bytes <= limit || (bytes > limit / 2 && _used <= limit / 2);
}
