using TorchBoard.Plugins;

namespace TorchBoard.Scanning;

/// <summary>A tag of the scanned run.</summary>
/// <param name="metadata">What the tag is.</param>
/// <param name="isListed">Whether the reader wants to know of the tag at all.</param>
/// <param name="isRead">Whether the reader wants the tag's values.</param>
internal sealed class TagEntry(TagMetadata metadata, bool isListed, bool isRead)
{
    public TagMetadata Metadata { get; } = metadata;

    public string Name => Metadata.Tag;

    public TagKind Kind { get; } = metadata.Kind;

    /// <summary>Whether the reader wants to know of the tag at all.</summary>
    public bool IsListed { get; } = isListed;

    /// <summary>Whether the reader wants the tag's values.</summary>
    public bool IsRead { get; } = isRead;

    /// <summary>What the sink keeps of the tag.</summary>
    public object? Kept { get; set; }
}
