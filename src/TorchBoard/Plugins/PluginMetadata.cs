using Google.Protobuf;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>
/// Which dashboard a tag belongs to. A tensor whose tag has no metadata is invisible, and readers look at the first
/// event of a tag that they see: so every value carries it.
/// </summary>
internal static class PluginMetadata
{
    /// <param name="plugin">The plugin.</param>
    /// <param name="content">What the plugin wants to know of the tag besides; null for nothing.</param>
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
