namespace TorchBoard;

/// <summary>Says that a run can be written again.</summary>
/// <param name="path">The run's event file.</param>
/// <param name="droppedEvents">How many events of the run were lost.</param>
public sealed class WriteRecoveredEventArgs(string path, long droppedEvents) : EventArgs
{
    /// <summary>The run's event file.</summary>
    public string Path { get; } = path;

    /// <summary>How many events of that run were lost since it was opened.</summary>
    public long DroppedEvents { get; } = droppedEvents;
}
