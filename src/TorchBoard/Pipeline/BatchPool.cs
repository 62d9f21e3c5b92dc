using System.Diagnostics;

namespace TorchBoard.Pipeline;

/// <summary>
/// The batches of one writer: hands out empty ones while the bound on unwritten bytes allows it, and lets
/// producers wait for room. Thread-safe.
/// </summary>
internal sealed class BatchPool(long limit)
{
    public const int SmallestCapacity = 1 << 10;
    public const int FullCapacity = 1 << 18;

    /// <summary>How many unused batches stay when a burst is over.</summary>
    private const int KeptWhenIdle = 8;

    // Full-size batches are used again, so that a steady stream of scalars allocates nothing. They are never more
    // than the bound has once let out.
    private readonly object _gate = new();
    private readonly Stack<Batch> _kept = new();
    private long _used;
    private bool _stalled;

    /// <summary>
    /// While set, nobody waits for room: the destination fails, and waiting would stop the training loop.
    /// </summary>
    public bool Stalled
    {
        set
        {
            lock (_gate)
            {
                _stalled = value;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>An empty batch of at least that capacity, or null where the bound does not allow it now.</summary>
    public Batch? TryRent(int capacity)
    {
        lock (_gate)
        {
            if (capacity <= FullCapacity && capacity > FullCapacity / 2 && _kept.Count > 0 && HasRoom(FullCapacity))
            {
                _used += FullCapacity;
                return _kept.Pop();
            }

            if (!HasRoom(capacity))
                return null;
            _used += capacity;
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
        }

        Give(given);
    }

    /// <summary>Lets go of half the batches that nobody uses, down to a few.</summary>
    public void Trim()
    {
        lock (_gate)
        {
            int stay = Math.Max(_kept.Count / 2, KeptWhenIdle);
            while (_kept.Count > stay)
                _kept.Pop();
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
            return true;
        }
    }

    public void Give(long bytes)
    {
        lock (_gate)
        {
            _used -= bytes;
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

    // A value of more than half the bound passes alone rather than never.
    private bool HasRoom(long bytes) => _used + bytes <= limit || (bytes > limit / 2 && _used <= limit / 2);
}
