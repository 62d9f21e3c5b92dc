using TorchBoard.Reading;

namespace TorchBoard.Tool.Checking;

/// <summary>The state of a tag during a check.</summary>
internal sealed class CheckedTag(string plugin)
{
    private long _lastStep = long.MinValue;
    private int _restartsBefore;

    /// <summary>The plugin named by the tag's first metadata; empty if there is none.</summary>
    public string Plugin { get; } = plugin;

    public bool HasMetadataInFile { get; set; }

    /// <summary>The number of clips at the first step.</summary>
    public long? Clips { get; set; }

    /// <summary>Records the next step. Returns false if it is before the last step that no restart purged.</summary>
    public bool IsInOrder(long step, Restarts restarts)
    {
        long before = restarts.LeastAfter(_restartsBefore) is { } least and > long.MinValue
            ? Math.Min(_lastStep, least - 1)
            : _lastStep;
        (_lastStep, _restartsBefore) = (step, restarts.Count);
        return step >= before;
    }
}
