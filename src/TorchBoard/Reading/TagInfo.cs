namespace TorchBoard;

/// <summary>The metadata and statistics of a tag in a run.</summary>
public sealed record TagInfo
{
    /// <summary>The tag.</summary>
    public required string Tag { get; init; }

    /// <summary>The kind of its values.</summary>
    public required TagKind Kind { get; init; }

    /// <summary>The name of the plugin in its metadata; empty if there is none.</summary>
    public required string PluginName { get; init; }

    /// <summary>The name that a dashboard shows; empty if there is none.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The description, in Markdown; empty if there is none.</summary>
    public required string Description { get; init; }

    /// <summary>The number of points after restarts are applied.</summary>
    public required int Count { get; init; }

    /// <summary>The step of the first point; 0 if there is none.</summary>
    public required long FirstStep { get; init; }

    /// <summary>The step of the last point; 0 if there is none.</summary>
    public required long LastStep { get; init; }

    /// <summary>The wall time of the last point, to the nearest 100 ns; null if there is none.</summary>
    public DateTimeOffset? LastWallTime { get; init; }

    /// <summary>The number of bytes that the tag's values take in the files, including purged values.</summary>
    public required long Bytes { get; init; }
}
