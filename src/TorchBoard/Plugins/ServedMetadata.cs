using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>
/// The metadata of a tag as TensorBoard's readers complete it: with the plugin of a value that is not a tensor, and with
/// the data class of a plugin that is known.
/// </summary>
internal static class ServedMetadata
{
    /// <summary>Says that the value was no tensor in the file.</summary>
    private static readonly ByteString ConvertedImage = ByteString.CopyFrom(0x10, 1);

    private static readonly ByteString ConvertedAudio =
        ByteString.CopyFrom(0x10, (byte)AudioPluginData.Types.Encoding.Wav, 0x18, 1);

    /// <summary>Returns the metadata for the first value of a tag; the data class is 0 if no dashboard shows it.</summary>
    /// <exception cref="InvalidProtocolBufferException">The metadata is malformed.</exception>
    public static SummaryMetadata Of(string tag, scoped in ValueView value)
    {
        SummaryMetadata metadata =
            value.Metadata.IsEmpty ? new SummaryMetadata() : SummaryMetadata.Parser.ParseFrom(value.Metadata);
        metadata.PluginData ??= new SummaryMetadata.Types.PluginData();
        if (metadata.DataClass != DataClass.Unknown)
            return metadata;
        if (PluginTable.OfLegacy(value.Form) is not { } plugin)
        {
            metadata.DataClass = PluginTable.DataClassOf(metadata.PluginData.PluginName);
            return metadata;
        }

        if (metadata.DisplayName.Length == 0)
            metadata.DisplayName = tag;
        metadata.DataClass = plugin.DataClass;
        metadata.PluginData = new SummaryMetadata.Types.PluginData
        {
            PluginName = plugin.Name,
            Content = value.Form == ValueForm.Image ? ConvertedImage
                : value.Form == ValueForm.Audio ? ConvertedAudio
                : ByteString.Empty,
        };
        return metadata;
    }
}
