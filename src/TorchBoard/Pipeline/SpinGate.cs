namespace TorchBoard.Pipeline;

/// <summary>
/// A lock for sections as short as a copy of a record. Threads that find it taken yield rather than sleep: falling asleep
/// and waking up takes longer than the section, and yielding leaves the processor to the thread that writes to the disk.
/// On one processor there is nobody to wait for but by leaving it, so there it is an ordinary lock.
/// </summary>
/// <param name="processors">How many processors the threads have.</param>
internal sealed class SpinGate(int processors)
{
    private readonly object? _monitor = processors == 1 ? new object() : null;
    private int _taken;

    public SpinGate()
        : this(Environment.ProcessorCount)
    {
    }

    /// <summary>Enters as soon as it can, until the scope ends.</summary>
    public Scope Enter()
    {
        Take();
        return new Scope(this);
    }

    /// <summary>
    /// Enters as soon as it can, until <see cref="Release"/>: for sections in which nothing throws, and that are so short
    /// that a finally block would be felt.
    /// </summary>
    public void Take()
    {
        if (_monitor is not null)
            Monitor.Enter(_monitor);
        else if (!TryTake())
            Wait();
    }

    /// <summary>Leaves what <see cref="Take"/> has entered.</summary>
    public void Release()
    {
        if (_monitor is not null)
            Monitor.Exit(_monitor);
        else
            Volatile.Write(ref _taken, 0);
    }

    private bool TryTake() => Interlocked.CompareExchange(ref _taken, 1, 0) == 0;

    private void Wait()
    {
        do
            Thread.Yield();
        while (Volatile.Read(ref _taken) != 0 || !TryTake());
    }

    /// <summary>The time in which the gate is taken.</summary>
    public readonly ref struct Scope(SpinGate gate)
    {
        public void Dispose() => gate.Release();
    }
}
