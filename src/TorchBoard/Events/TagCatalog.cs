using Google.Protobuf;
using TorchBoard.Protos;

namespace TorchBoard.Events;

/// <summary>The tags of a run as they are met: a tag's first event says what it is. Used by one thread.</summary>
internal sealed class TagCatalog(Func<string, bool>? tags, IReadOnlyCollection<TagKind>? kinds)
{
    private readonly TagTable<TagEntry> _table = new();
    private readonly List<TagEntry> _tags = [];
    private readonly Dictionary<string, TagEntry> _byName = new(StringComparer.Ordinal);

    /// <summary>All tags, in the order in which they were met.</summary>
    public IReadOnlyList<TagEntry> Tags => _tags;

    /// <summary>What is known of a tag; null where it has not been met.</summary>
    public TagEntry? Find(scoped ReadOnlySpan<byte> tag) => _table.Find(tag);

    /// <exception cref="InvalidProtocolBufferException">The metadata is malformed.</exception>
    public TagEntry Resolve(scoped in ValueView value) => _table.Find(value.Tag) ?? Add(value);

    private TagEntry Add(scoped in ValueView value)
    {
        string name = TagTable<TagEntry>.Text(value.Tag);

        // Tags that are no UTF-8 may differ in bytes and yet be the same as text.
        if (!_byName.TryGetValue(name, out TagEntry? entry))
        {
            entry = Describe(name, value);
            _byName.Add(name, entry);
            _tags.Add(entry);
        }

        _table.Add(value.Tag, entry);
        return entry;
    }

    private TagEntry Describe(string name, scoped in ValueView value)
    {
        SummaryMetadata? metadata = value.Metadata.IsEmpty ? null : SummaryMetadata.Parser.ParseFrom(value.Metadata);
        string plugin = metadata?.PluginData?.PluginName ?? "";
        TagKind kind = KindOf(plugin, value.Form);
        bool isListed = tags is null || tags(name);
        return new TagEntry
        {
            Name = name,
            Kind = kind,
            PluginName = plugin,
            PluginContent = metadata?.PluginData?.Content ?? ByteString.Empty,
            DisplayName = metadata?.DisplayName ?? "",
            Description = metadata?.SummaryDescription ?? "",
            IsListed = isListed,
            IsRead = isListed && (kinds is null || kinds.Contains(kind)),
        };
    }

    private static TagKind KindOf(string plugin, ValueForm form) => plugin switch
    {
        "scalars" => TagKind.Scalar,
        "histograms" => TagKind.Histogram,
        "images" => TagKind.Image,
        "audio" => TagKind.Audio,
        "text" => TagKind.Text,
        "pr_curves" => TagKind.PrCurve,
        "mesh" => TagKind.Mesh,
        "hparams" => TagKind.Hyperparameters,
        _ => form switch
        {
            ValueForm.SimpleValue => TagKind.Scalar,
            ValueForm.Histogram => TagKind.Histogram,
            ValueForm.Image => TagKind.Image,
            ValueForm.Audio => TagKind.Audio,
            ValueForm.Tensor => TagKind.Tensor,
            _ => TagKind.None,
        },
    };
}
