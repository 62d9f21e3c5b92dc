using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>What a tag is, as its first value says: readers ignore the metadata of later ones.</summary>
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
            KindOf(plugin, value.Form),
            plugin,
            metadata?.PluginData?.Content ?? ByteString.Empty,
            metadata?.DisplayName ?? "",
            metadata?.SummaryDescription ?? "");
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
