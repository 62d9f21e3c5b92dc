namespace TorchBoard.Pipeline;

/// <summary>What the background thread has to do in its next pass over the runs.</summary>
internal sealed class Pass
{
    /// <summary>The runs that have sealed batches or have ended.</summary>
    public readonly List<RunOutput> Ready = [];

    /// <summary>Whether to write unfinished batches too, because a producer waits for room.</summary>
    public bool RoomWanted;

    /// <summary>Whether the writer is closing, so that nothing more is appended.</summary>
    public bool IsLast;

    /// <summary>Completed by the pass; null if there is no flush.</summary>
    public TaskCompletionSource? Flush;

    public bool IsEmpty => Ready.Count == 0 && !RoomWanted && !IsLast && Flush is null;

    /// <summary>Whether a caller waits for everything to be written.</summary>
    public bool IsUrgent => Flush is not null || IsLast;

    /// <summary>Resets it for new requests, and completes the flush that waits for the pass, if any.</summary>
    /// <remarks>A closing writer stays closing.</remarks>
    public void End(Exception? failure)
    {
        Ready.Clear();
        RoomWanted = false;
        if (Flush is not null)
            Complete(failure);
    }

    /// <summary>Completes the flush that waits for the pass, if any.</summary>
    public void Complete(Exception? failure)
    {
        TaskCompletionSource? flush = Flush;
        Flush = null;
        if (failure is null)
        {
            flush?.TrySetResult();
        }
        else
        {
            flush?.TrySetException(
                new IOException($"The added data could not be written: {failure.Message}", failure));
        }
    }
}
