using TorchBoard.Pipeline;

namespace TorchBoard.Writing;

/// <summary>A run that a session writes.</summary>
/// <param name="path">The run's full path.</param>
/// <param name="queue">Takes what is added to the run.</param>
/// <param name="output">Where the background thread writes it; null where nothing is written.</param>
internal class RunHandle(string path, RunQueue queue, RunOutput? output)
{
    public string Path => path;

    public RunQueue Queue => queue;

    /// <summary>The number of events that were lost.</summary>
    public virtual long Dropped => queue.Dropped;

    /// <summary>
    /// From now on every append throws. What was appended before is written in the background, and then nothing of the
    /// run is left but its file.
    /// </summary>
    public virtual void End()
    {
        if (output is null)
            queue.Close();
        else
            output.End();
    }
}
