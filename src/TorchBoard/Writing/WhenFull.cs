namespace TorchBoard;

/// <summary>What an AddX does when the bound on unwritten bytes is reached.</summary>
public enum WhenFull
{
    /// <summary>Wait until there is room, but no longer than <see cref="SummaryWriterOptions.WaitLimit"/>.</summary>
    Wait,

    /// <summary>Drop at once what was given, and count it in <see cref="SummaryWriter.DroppedEvents"/>.</summary>
    Drop,
}
