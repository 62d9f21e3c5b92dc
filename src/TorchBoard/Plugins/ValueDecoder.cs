using TorchBoard.Events;

namespace TorchBoard.Plugins;

/// <summary>Decodes values other than scalars; legacy and new-style values give the same result.</summary>
internal static class ValueDecoder
{
    /// <exception cref="InvalidDataException">The value does not match its tag's kind, or is malformed.</exception>
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
        new($"the tag has values of the kind {kind}, but this value has the form {form}");
}
