namespace TorchBoard.Pipeline;

/// <summary>
/// The runs of a writer that have their file open. Systems limit the number of open files of a process, and the program
/// needs some, too. Used by the background thread.
/// </summary>
internal sealed class OpenFiles(IFailureListener listener)
{
    /// <summary>The maximum number of files of one writer that are open at once.</summary>
    private const int Most = 64;

    // From the one that has been open for the longest time.
    private readonly List<RunOutput> _open = [];

    /// <summary>
    /// Adds a run. If there are too many, the one that has had its file open for the longest time closes it, until there
    /// is something to write.
    /// </summary>
    public void Add(RunOutput output)
    {
        _open.Add(output);
        if (_open.Count > Most)
            ReleaseFirst();
    }

    private void ReleaseFirst()
    {
        RunOutput output = _open[0];
        _open.RemoveAt(0);
        try
        {
            output.Release();
        }
        catch (Exception e)
        {
            listener.Failed(output.Path, e, output.Queue.Dropped);
        }
    }
}
