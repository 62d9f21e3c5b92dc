using TorchBoard.Events;

namespace TorchBoard.Plugins;

/// <summary>Decodes values that are no scalars. Legacy and new-style values come out alike.</summary>
internal static class ValueDecoder
{
    /// <exception cref="InvalidDataException">The value does not fit its tag's kind, or is malformed.</exception>
    /// <exception cref="Google.Protobuf.InvalidProtocolBufferException">A message is malformed.</exception>
    public static object Decode(TagMetadata tag, scoped in ValueView value) => tag.Kind switch
    {
        TagKind.Histogram => HistogramSummary.Decode(value),
        TagKind.Image => ImageSummary.Decode(value),
        TagKind.Audio => AudioSummary.Decode(value),
        TagKind.Text => TextSummary.Decode(value),
        TagKind.PrCurve => PrCurveSummary.Decode(value),
        TagKind.Mesh => MeshSummary.Decode(tag, value),
        TagKind.Hyperparameters => HyperparameterSummary.Decode(value),
        _ => TensorSummary.Decode(value, "tensor"),
    };

    public static InvalidDataException NotA(string kind, ValueForm form) =>
        new($"the tag's values are of the kind {kind}, this one is of the form {form}");
}
