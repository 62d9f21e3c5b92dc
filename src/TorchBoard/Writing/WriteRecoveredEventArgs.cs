namespace TorchBoard;

/// <summary>Data of the <see cref="SummaryWriter.WriteRecovered"/> event.</summary>
/// <param name="path">The run's event file.</param>
/// <param name="droppedEvents">The number of events of the run that were lost.</param>
public sealed class WriteRecoveredEventArgs(string path, long droppedEvents) : EventArgs
{
    /// <summary>The run's event file.</summary>
    public string Path { get; } = path;

    /// <summary>The number of events of the run lost since it was opened.</summary>
    public long DroppedEvents { get; } = droppedEvents;
}
