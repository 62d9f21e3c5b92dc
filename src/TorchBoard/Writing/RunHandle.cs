using TorchBoard.Pipeline;

namespace TorchBoard.Writing;

/// <summary>A run that a session writes to.</summary>
/// <param name="path">The run's full path.</param>
/// <param name="queue">The queue of events to write.</param>
/// <param name="output">The output that the background thread writes to; null if nothing is written.</param>
internal class RunHandle(string path, RunQueue queue, RunOutput? output)
{
    public string Path => path;

    public readonly RunQueue Queue = queue;

    /// <summary>The number of events that were lost.</summary>
    public virtual long Dropped => Queue.Dropped;

    /// <summary>Whether everything appended is written or lost, and <see cref="Dropped"/> no longer changes.</summary>
    public bool IsClosed => output is null || output.IsClosed;

    /// <summary>
    /// Makes every later append throw. Events appended before are written in the background, then all resources of the
    /// run are released.
    /// </summary>
    public virtual void End()
    {
        if (output is null)
            Queue.Close();
        else
            output.End();
    }
}
