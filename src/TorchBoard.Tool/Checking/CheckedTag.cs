namespace TorchBoard.Tool.Checking;

/// <summary>What was seen of a tag.</summary>
internal sealed class CheckedTag(string plugin)
{
    /// <summary>What the tag's first metadata names; empty where it names none.</summary>
    public string Plugin { get; } = plugin;

    public bool HasMetadataInFile { get; set; }

    public long LastStep { get; set; } = long.MinValue;

    /// <summary>How many clips its first step has.</summary>
    public long? Clips { get; set; }
}
