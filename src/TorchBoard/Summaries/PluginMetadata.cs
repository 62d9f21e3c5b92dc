using Google.Protobuf;
using TorchBoard.Protos;

namespace TorchBoard.Summaries;

/// <summary>
/// Which dashboard a tag belongs to. A tensor whose tag has no metadata is invisible, and readers look at the first
/// event of a tag that they see: so every value carries it.
/// </summary>
internal static class PluginMetadata
{
    public static SummaryMetadata Of(string plugin, DataClass dataClass, IMessage? content = null) => new()
    {
        PluginData = new SummaryMetadata.Types.PluginData
        {
            PluginName = plugin,
            Content = content?.ToByteString() ?? ByteString.Empty,
        },
        DataClass = dataClass,
    };
}
