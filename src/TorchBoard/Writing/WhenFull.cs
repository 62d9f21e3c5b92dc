namespace TorchBoard;

/// <summary>What a call does when the limit of unwritten bytes is reached.</summary>
public enum WhenFull
{
    /// <summary>Wait until there is room, for at most <see cref="SummaryWriterOptions.WaitLimit"/>.</summary>
    Wait,

    /// <summary>Drop the data immediately and count it in <see cref="SummaryWriter.DroppedEvents"/>.</summary>
    Drop,
}
