namespace TorchBoard.Pipeline;

/// <summary>What the queue of a run tells the background thread.</summary>
internal interface IQueueListener
{
    /// <summary>There is data to write within the flush interval.</summary>
    void BatchBegun();

    /// <summary>There is a sealed batch to write.</summary>
    void BatchReady();

    /// <summary>Unfinished batches of all runs are to be written, because a producer waits for room.</summary>
    void RoomWanted();

    /// <summary>Waits until everything appended is written, if that is possible while the process ends.</summary>
    void AwaitWritten();
}
