namespace TorchBoard.Pipeline;

/// <summary>
/// A lock for sections as short as a copy of a record. Threads that find it taken yield rather than sleep: falling asleep
/// and waking up takes longer than the section, and yielding leaves the processor to the thread that writes to the disk.
/// </summary>
internal sealed class SpinGate
{
    private int _taken;

    /// <summary>Enters as soon as it can.</summary>
    public Scope Enter()
    {
        if (!TryTake())
            Wait();
        return new Scope(this);
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
        public void Dispose() => Volatile.Write(ref gate._taken, 0);
    }
}
