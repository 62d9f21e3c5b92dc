using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Plugins;

namespace TorchBoard.Scanning;

/// <summary>
/// The tags of a run in the order in which they are met. The first value of a tag says what the tag is. Used by one
/// thread.
/// </summary>
/// <param name="tags">Which tags the reader wants; null for all.</param>
/// <param name="kinds">Which kinds of values the reader wants; null for all.</param>
internal sealed class TagCatalog(Func<string, bool>? tags, IReadOnlyCollection<TagKind>? kinds)
{
    private readonly TagTable<TagEntry> _table = new();
    private readonly List<TagEntry> _tags = [];
    private readonly Dictionary<string, TagEntry> _byName = new(StringComparer.Ordinal);

    public IReadOnlyList<TagEntry> Tags => _tags;

    /// <summary>What is known of a tag; null where it has not been met.</summary>
    public TagEntry? Find(scoped ReadOnlySpan<byte> tag) => _table.Find(tag);

    /// <summary>What is known of a value's tag, which this value describes where it is the tag's first.</summary>
    /// <exception cref="InvalidProtocolBufferException">The metadata is malformed.</exception>
    public TagEntry Resolve(scoped in ValueView value) => _table.Find(value.Tag) ?? Add(value);

    private TagEntry Add(scoped in ValueView value)
    {
        string name = TagTable<TagEntry>.Text(value.Tag);

        // Tags that are not valid UTF-8 may differ in bytes and still be the same text.
        if (!_byName.TryGetValue(name, out TagEntry? entry))
        {
            var metadata = TagMetadata.Of(name, value);
            bool isListed = tags is null || tags(name);
            entry = new TagEntry(metadata, isListed, isListed && (kinds is null || kinds.Contains(metadata.Kind)));
            _byName.Add(name, entry);
            _tags.Add(entry);
        }

        _table.Add(value.Tag, entry);
        return entry;
    }
}
