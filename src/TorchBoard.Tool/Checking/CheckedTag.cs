using TorchBoard.Reading;

namespace TorchBoard.Tool.Checking;

/// <summary>The state of a tag during a check.</summary>
/// <param name="plugin">The plugin named by the tag's first metadata; empty if there is none.</param>
/// <param name="shownBy">The plugin that shows the tag's first value; empty if there is none.</param>
internal sealed class CheckedTag(string plugin, string shownBy)
{
    private long? _lastStep;
    private int _restartsBefore;

    /// <summary>The plugin named by the tag's first metadata; empty if there is none.</summary>
    public string Plugin { get; } = plugin;

    /// <summary>The plugin that shows the tag's first value; empty if there is none.</summary>
    public string ShownBy { get; } = shownBy;

    public bool HasMetadataInFile { get; set; }

    /// <summary>The number of clips at the first step.</summary>
    public long? Clips { get; set; }

    /// <summary>Records the next step and compares it with the last one that no restart purged.</summary>
    public StepOrder Next(long step, Restarts restarts)
    {
        long? before = _lastStep;
        if (before is { } last && restarts.LeastAfter(_restartsBefore) is { } least && least <= last)
        {
            // Which of the earlier steps is now the last one is not known.
            before = null;
            if (least > long.MinValue && step < least - 1)
                before = least - 1;
        }

        (_lastStep, _restartsBefore) = (step, restarts.Count);
        return before is not { } known || step > known ? StepOrder.Forward
            : step == known ? StepOrder.Repeated
            : StepOrder.Backward;
    }
}
