using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>The metadata of a tag, from its first value; readers ignore that of later values.</summary>
internal sealed record TagMetadata(
    string Tag, TagKind Kind, string PluginName, ByteString PluginContent, string DisplayName, string Description)
{
    /// <summary>Decodes the metadata of a tag's first value.</summary>
    /// <exception cref="InvalidProtocolBufferException">The metadata is malformed.</exception>
    public static TagMetadata Of(string tag, scoped in ValueView value)
    {
        SummaryMetadata? metadata = value.Metadata.IsEmpty ? null : SummaryMetadata.Parser.ParseFrom(value.Metadata);
        string plugin = metadata?.PluginData?.PluginName ?? "";
        return new TagMetadata(
            tag,
            PluginTable.KindOf(plugin, value.Form),
            plugin,
            metadata?.PluginData?.Content ?? ByteString.Empty,
            metadata?.DisplayName ?? "",
            metadata?.SummaryDescription ?? "");
    }
}
