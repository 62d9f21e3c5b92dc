namespace TorchBoard.Pipeline;

/// <summary>What the background thread is asked to do in its next pass over the runs.</summary>
internal sealed class Pass
{
    /// <summary>The runs that have sealed batches or have ended.</summary>
    public List<RunOutput> Ready { get; } = [];

    /// <summary>Whether batches are to be written however full, as somebody waits for the room they take.</summary>
    public bool RoomWanted { get; set; }

    /// <summary>Whether the writer is closing: nothing is appended any more.</summary>
    public bool IsLast { get; set; }

    /// <summary>Completed by the pass; null where nobody flushes.</summary>
    public TaskCompletionSource? Flush { get; set; }

    public bool IsEmpty => Ready.Count == 0 && !RoomWanted && !IsLast && Flush is null;

    /// <summary>Whether somebody waits for everything to be written.</summary>
    public bool IsUrgent => Flush is not null || IsLast;

    /// <summary>Completes the flush that waits for the pass, if any.</summary>
    public void Complete(Exception? failure)
    {
        if (failure is null)
            Flush?.TrySetResult();
        else
            Flush?.TrySetException(
                new IOException($"What was logged could not be written: {failure.Message}", failure));
    }

    /// <summary>Makes it ready for other requests; a writer that closes goes on closing.</summary>
    public void Clear()
    {
        Ready.Clear();
        RoomWanted = false;
        Flush = null;
    }
}
