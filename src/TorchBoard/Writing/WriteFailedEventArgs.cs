namespace TorchBoard;

/// <summary>Data of the <see cref="SummaryWriter.WriteFailed"/> event.</summary>
/// <param name="path">The file, or the directory if there is no file yet.</param>
/// <param name="exception">The cause.</param>
/// <param name="droppedEvents">The number of events of the run lost so far.</param>
public sealed class WriteFailedEventArgs(string path, Exception exception, long droppedEvents) : EventArgs
{
    /// <summary>The file that cannot be written, or the run's directory if there is no file yet.</summary>
    public string Path { get; } = path;

    /// <summary>The cause of the failure.</summary>
    public Exception Exception { get; } = exception;

    /// <summary>
    /// The number of events of the run lost so far. Usually 0 at first: added data is kept, up to
    /// <see cref="SummaryWriterOptions.UnwrittenBytesLimit"/>, and retried.
    /// </summary>
    public long DroppedEvents { get; } = droppedEvents;
}
