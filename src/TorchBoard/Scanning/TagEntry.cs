using TorchBoard.Plugins;

namespace TorchBoard.Scanning;

/// <summary>A tag of the scanned run.</summary>
/// <param name="metadata">The tag's metadata.</param>
/// <param name="isListed">Whether to list the tag.</param>
/// <param name="isRead">Whether to read the tag's values.</param>
internal sealed class TagEntry(TagMetadata metadata, bool isListed, bool isRead)
{
    public TagMetadata Metadata { get; } = metadata;

    public string Name => Metadata.Tag;

    public TagKind Kind { get; } = metadata.Kind;

    /// <summary>Whether to list the tag.</summary>
    public bool IsListed { get; } = isListed;

    /// <summary>Whether to read the tag's values.</summary>
    public bool IsRead { get; } = isRead;

    /// <summary>The sink's data for the tag.</summary>
    public object? Kept { get; set; }
}
