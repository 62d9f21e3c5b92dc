namespace TorchBoard.Pipeline;

/// <summary>What the background thread has to do in its next pass over the runs.</summary>
internal sealed class Pass
{
    /// <summary>The runs that have sealed batches or have ended.</summary>
    public List<RunOutput> Ready { get; } = [];

    /// <summary>Whether to write unfinished batches too, because a producer waits for room.</summary>
    public bool RoomWanted { get; set; }

    /// <summary>Whether the writer is closing, so that nothing more is appended.</summary>
    public bool IsLast { get; set; }

    /// <summary>Completed by the pass; null if there is no flush.</summary>
    public TaskCompletionSource? Flush { get; set; }

    public bool IsEmpty => Ready.Count == 0 && !RoomWanted && !IsLast && Flush is null;

    /// <summary>Whether a caller waits for everything to be written.</summary>
    public bool IsUrgent => Flush is not null || IsLast;

    /// <summary>Completes the flush that waits for the pass, if any.</summary>
    public void Complete(Exception? failure)
    {
        if (failure is null)
        {
            Flush?.TrySetResult();
        }
        else
        {
            Flush?.TrySetException(
                new IOException($"The added data could not be written: {failure.Message}", failure));
        }
    }

    /// <summary>Resets it for new requests; a closing writer stays closing.</summary>
    public void Clear()
    {
        Ready.Clear();
        RoomWanted = false;
        Flush = null;
    }
}
