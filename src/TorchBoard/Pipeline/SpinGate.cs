namespace TorchBoard.Pipeline;

/// <summary>
/// A lock for sections as short as a copy of a record. Threads that find it taken yield rather than sleep: falling asleep
/// and waking up takes longer than the section, and yielding leaves the processor to the thread that writes to the disk.
/// </summary>
internal sealed class SpinGate
{
    private int _taken;

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
        if (!TryTake())
            Wait();
    }

    /// <summary>Leaves what <see cref="Take"/> has entered.</summary>
    public void Release() => Volatile.Write(ref _taken, 0);

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
