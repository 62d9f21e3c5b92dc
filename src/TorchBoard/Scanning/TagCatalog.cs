using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Plugins;

namespace TorchBoard.Scanning;

/// <summary>
/// The tags of a run in the order in which they first appear. The first value of a tag determines its properties. Not
/// thread-safe.
/// </summary>
/// <param name="tags">Selects the tags to read; null for all.</param>
/// <param name="kinds">The kinds of values to read; null for all.</param>
internal sealed class TagCatalog(Func<string, bool>? tags, IReadOnlyCollection<TagKind>? kinds)
{
    private readonly TagTable<TagEntry> _table = new();
    private readonly List<TagEntry> _tags = [];
    private readonly Dictionary<string, TagEntry> _byName = new(StringComparer.Ordinal);

    public IReadOnlyList<TagEntry> Tags => _tags;

    /// <summary>Returns the entry of a tag; null if the tag has not appeared yet.</summary>
    public TagEntry? Find(scoped ReadOnlySpan<byte> tag) => _table.Find(tag);

    /// <summary>
    /// Returns the entry of a value's tag; if it is the tag's first value, creates the entry from it.
    /// </summary>
    /// <exception cref="InvalidProtocolBufferException">The metadata is malformed.</exception>
    public TagEntry Resolve(scoped in ValueView value) => _table.Find(value.Tag) ?? Add(value);

    private TagEntry Add(scoped in ValueView value)
    {
        string name = TagTable<TagEntry>.Text(value.Tag);

        // Tags that are not valid UTF-8 may differ in bytes but decode to the same text.
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
