namespace TorchBoard.Pipeline;

/// <summary>
/// A lock for sections as short as copying a record. Threads that find it taken yield instead of sleeping: falling
/// asleep and waking up takes longer than the section, and yielding leaves the processor to the thread that writes to
/// the disk. An uncontended section takes 5 ns, with Monitor 20 ns and with Lock 24 ns, where a scalar takes about 20 ns in
/// all. With one processor, spinning cannot help, so it is an ordinary lock.
/// </summary>
/// <param name="processors">The number of processors available to the threads.</param>
internal sealed class SpinGate(int processors)
{
    private readonly object? _monitor = processors == 1 ? new object() : null;
    private int _taken;

    public SpinGate()
        : this(Environment.ProcessorCount)
    {
    }

    /// <summary>Takes the gate until the scope ends.</summary>
    public Scope Enter()
    {
        Take();
        return new Scope(this);
    }

    /// <summary>
    /// Takes the gate until <see cref="Release"/>, for sections that do not throw and are so short that a finally block
    /// would be noticeable.
    /// </summary>
    public void Take()
    {
        if (_monitor is not null)
            Monitor.Enter(_monitor);
        else if (!TryTake())
            Wait();
    }

    /// <summary>Releases the gate after <see cref="Take"/>.</summary>
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

    /// <summary>Holds the gate until it is disposed.</summary>
    public readonly ref struct Scope(SpinGate gate)
    {
        public void Dispose() => gate.Release();
    }
}
