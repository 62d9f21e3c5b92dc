namespace TorchBoard;

/// <summary>Says that a run cannot be written at the moment.</summary>
/// <param name="path">The file, or the directory where there is no file yet.</param>
/// <param name="exception">Why.</param>
/// <param name="droppedEvents">How many events of the run have been lost so far.</param>
public sealed class WriteFailedEventArgs(string path, Exception exception, long droppedEvents) : EventArgs
{
    /// <summary>The file that cannot be written, or the run's directory where there is no file yet.</summary>
    public string Path { get; } = path;

    /// <summary>Why it cannot be written.</summary>
    public Exception Exception { get; } = exception;

    /// <summary>
    /// How many events of that run have been lost so far. Usually 0 at first: what was added is kept, up to
    /// <see cref="SummaryWriterOptions.UnwrittenBytesLimit"/>, and tried again.
    /// </summary>
    public long DroppedEvents { get; } = droppedEvents;
}
