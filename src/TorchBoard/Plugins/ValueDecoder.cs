using TorchBoard.Events;
using TorchBoard.Protos;
using TorchBoard.Protos.Hyperparameters;

namespace TorchBoard.Plugins;

/// <summary>From a value's bytes to what a reader is given. Legacy and new-style values come out alike.</summary>
internal static class ValueDecoder
{
    /// <summary>Reads a scalar in any of its forms.</summary>
    /// <exception cref="InvalidDataException">The value is no scalar, or is malformed.</exception>
    public static double Scalar(scoped in ValueView value)
    {
        if (value.Form == ValueForm.SimpleValue)
            return value.SimpleValue;
        if (value.Form != ValueForm.Tensor)
            throw NotA("scalar", value.Form);
        if (ScalarTensor.TryRead(value.Body, out double number))
            return number;

        var tensor = new TensorValue(TensorProto.Parser.ParseFrom(value.Body));
        if (tensor.ElementCount != 1 || !tensor.IsNumeric)
            throw new InvalidDataException($"a scalar is one number; the tensor is {tensor}");
        return tensor.ToDoubles()[0];
    }

    /// <summary>Reads a value that is no scalar.</summary>
    /// <exception cref="InvalidDataException">The value does not fit its tag's kind, or is malformed.</exception>
    /// <exception cref="Google.Protobuf.InvalidProtocolBufferException">A message is malformed.</exception>
    public static object Decode(TagMetadata tag, scoped in ValueView value) => tag.Kind switch
    {
        TagKind.Histogram => value.Form == ValueForm.Histogram
            ? HistogramValue.Of(HistogramProto.Parser.ParseFrom(value.Body))
            : HistogramValue.Of(WholeTensor(value, "histogram")),
        TagKind.Image => value.Form == ValueForm.Image
            ? ImageValue.Of(Summary.Types.Image.Parser.ParseFrom(value.Body))
            : ImageValue.Of(Tensor(value, "image")),
        TagKind.Audio => value.Form == ValueForm.Audio
            ? AudioValue.Of(Summary.Types.Audio.Parser.ParseFrom(value.Body))
            : AudioValue.Of(Tensor(value, "audio")),
        TagKind.Text => Text(Tensor(value, "text")),
        TagKind.PrCurve => PrCurve(WholeTensor(value, "PR curve")),
        TagKind.Mesh => MeshPart(tag, Tensor(value, "mesh")),
        TagKind.Hyperparameters => Hyperparameters(value),
        _ => Tensor(value, "tensor"),
    };

    private static TensorValue Tensor(scoped in ValueView value, string kind) => value.Form == ValueForm.Tensor
        ? new TensorValue(TensorProto.Parser.ParseFrom(value.Body))
        : throw NotA(kind, value.Form);

    // A few bytes may claim millions of elements. Nobody writes these kinds so, and they are made as they are read.
    private static TensorValue WholeTensor(scoped in ValueView value, string kind) =>
        Tensor(value, kind) is { IsWhole: true } tensor
            ? tensor
            : throw new InvalidDataException($"the tensor of a {kind} has fewer elements than its shape");

    private static InvalidDataException NotA(string kind, ValueForm form) =>
        new($"the tag's values are of the kind {kind}, this one is of the form {form}");

    private static TextValue Text(TensorValue tensor)
    {
        if (tensor.Type != TensorType.String)
            throw new InvalidDataException($"text is a tensor of strings; this one is {tensor}");
        int[] shape = new int[tensor.Shape.Length];
        for (int i = 0; i < shape.Length; i++)
            shape[i] = (int)tensor.Shape[i];
        return new TextValue(shape, tensor.ToStrings());
    }

    private static PrCurve PrCurve(TensorValue tensor) =>
        tensor.Shape is [6, _] && tensor.IsNumeric
            ? new PrCurve(tensor.ToDoubles())
            : throw new InvalidDataException($"a PR curve has the shape [6, thresholds]; the tensor is {tensor}");

    private static MeshPart MeshPart(TagMetadata tag, TensorValue tensor)
    {
        MeshPluginData content = MeshPluginData.Parser.ParseFrom(tag.PluginContent);
        string name = content.Name.Length > 0 ? content.Name : tag.Tag;
        return new MeshPart(name, (MeshPartKind)content.ContentType, tensor, content.JsonConfig);
    }

    // What it says stands in the metadata of each event, not only of the tag's first.
    private static HyperparameterLog Hyperparameters(scoped in ValueView value) =>
        SummaryMetadata.Parser.ParseFrom(value.Metadata).PluginData is { } data
            ? new HyperparameterLog(HParamsPluginData.Parser.ParseFrom(data.Content))
            : throw new InvalidDataException("a hyperparameter event without content");
}
