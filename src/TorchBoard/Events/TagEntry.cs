using Google.Protobuf;

namespace TorchBoard.Events;

/// <summary>What the first event of a tag says of it, and the points that are kept of it.</summary>
internal sealed class TagEntry
{
    public required string Name { get; init; }

    public required TagKind Kind { get; init; }

    public required string PluginName { get; init; }

    public required ByteString PluginContent { get; init; }

    public required string DisplayName { get; init; }

    public required string Description { get; init; }

    /// <summary>Whether the reader wants the tag at all.</summary>
    public required bool IsListed { get; init; }

    /// <summary>Whether the reader wants its values.</summary>
    public required bool IsRead { get; init; }

    /// <summary>The points that a reader of whole runs keeps of it.</summary>
    public object? Kept { get; set; }
}
