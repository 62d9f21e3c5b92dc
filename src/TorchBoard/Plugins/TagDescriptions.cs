using System.Collections.Concurrent;
using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>The descriptions of a writer's tags; adds them to summaries. Thread-safe.</summary>
internal sealed class TagDescriptions
{
    private readonly ConcurrentDictionary<string, TagDescription> _byTag = new(StringComparer.Ordinal);

    public void Set(string tag, TagDescription description) => _byTag[tag] = description;

    public bool Has(string tag) => _byTag.ContainsKey(tag);

    public Func<Summary> Describing(Func<Summary> build) => () =>
    {
        Summary summary = build();
        foreach (Summary.Types.Value value in summary.Value)
            Describe(value);
        return summary;
    };

    private void Describe(Summary.Types.Value value)
    {
        string tag = value.Metadata?.PluginData.PluginName == PluginTable.Meshes.Name
            ? MeshSummary.NameOf(value.Tag)
            : value.Tag;
        if (!_byTag.TryGetValue(tag, out TagDescription? description))
            return;
        value.Metadata ??= OfLegacy(value.ValueCase);
        value.Metadata.DisplayName = description.DisplayName;
        value.Metadata.SummaryDescription = description.Markdown;
    }

    // One of TensorBoard's readers keeps the names of a legacy value only with a data class, and then also requires the
    // plugin name.
    private static SummaryMetadata OfLegacy(Summary.Types.Value.ValueOneofCase form) => PluginMetadata.Of(
        PluginTable.OfLegacy((ValueForm)form)
        ?? throw new InvalidOperationException($"A value of the form {form} has no plugin."));
}
