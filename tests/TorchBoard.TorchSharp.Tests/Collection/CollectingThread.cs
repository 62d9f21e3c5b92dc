namespace TorchBoard.Tests.Collection;

/// <summary>
/// Collects and finalizes without pause until it is disposed of, so that what nothing holds is gone at once.
/// </summary>
internal sealed class CollectingThread : IDisposable
{
    private readonly Thread _thread;
    private volatile bool _isStopped;

    public CollectingThread()
    {
        _thread = new Thread(Collect) { IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _isStopped = true;
        _thread.Join();
    }

    // What was made a moment ago is in the youngest generation; most collections of it take a fraction of a millisecond.
    private void Collect()
    {
        while (!_isStopped)
        {
            GC.Collect(0);
            GC.WaitForPendingFinalizers();
        }
    }
}
