using Google.Protobuf;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>
/// Metadata that assigns a tag to a dashboard. Tensors of a tag without metadata are invisible, and readers use the
/// first event of a tag that they see, so every value carries it.
/// </summary>
internal static class PluginMetadata
{
    /// <param name="plugin">The plugin.</param>
    /// <param name="content">Further data for the plugin; null for none.</param>
    public static SummaryMetadata Of(Plugin plugin, ByteString? content = null) => new()
    {
        PluginData = new SummaryMetadata.Types.PluginData
        {
            PluginName = plugin.Name,
            Content = content ?? ByteString.Empty,
        },
        DataClass = plugin.DataClass,
    };
}
