using TorchBoard.Reading;

namespace TorchBoard.Tool.Checking;

/// <summary>What was seen of a tag.</summary>
internal sealed class CheckedTag(string plugin)
{
    private long _lastStep = long.MinValue;
    private int _restartsBefore;

    /// <summary>What the tag's first metadata names; empty where it names none.</summary>
    public string Plugin { get; } = plugin;

    public bool HasMetadataInFile { get; set; }

    /// <summary>How many clips its first step has.</summary>
    public long? Clips { get; set; }

    /// <summary>Takes the next step; false where it comes before the last one that no restart took back.</summary>
    public bool IsInOrder(long step, Restarts restarts)
    {
        long before = restarts.LeastAfter(_restartsBefore) is { } least and > long.MinValue
            ? Math.Min(_lastStep, least - 1)
            : _lastStep;
        (_lastStep, _restartsBefore) = (step, restarts.Count);
        return step >= before;
    }
}
