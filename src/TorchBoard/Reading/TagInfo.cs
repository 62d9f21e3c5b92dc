namespace TorchBoard;

/// <summary>What a run says of one tag.</summary>
public sealed record TagInfo
{
    /// <summary>The tag.</summary>
    public required string Tag { get; init; }

    /// <summary>What its values are.</summary>
    public required TagKind Kind { get; init; }

    /// <summary>The plugin that its metadata names; empty where there is none.</summary>
    public required string PluginName { get; init; }

    /// <summary>The name that a dashboard shows; empty where none was written.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The description, in markdown; empty where none was written.</summary>
    public required string Description { get; init; }

    /// <summary>How many points there are, after restarts have been applied.</summary>
    public required int Count { get; init; }

    /// <summary>The step of the first point; 0 where there is none.</summary>
    public required long FirstStep { get; init; }

    /// <summary>The step of the last point; 0 where there is none.</summary>
    public required long LastStep { get; init; }

    /// <summary>How many bytes the tag's values take in the files, purged ones too.</summary>
    public required long Bytes { get; init; }
}
