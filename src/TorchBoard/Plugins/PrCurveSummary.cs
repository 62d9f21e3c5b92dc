using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Metrics;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>Precision-recall curves, as tensors with six rows.</summary>
internal static class PrCurveSummary
{
    public static Summary Of(string tag, float[] curve) => new() { Value = { Value(tag, curve) } };

    /// <param name="tag">The tag.</param>
    /// <param name="curve">The rows of <see cref="PrCurveRows"/>, one after the other.</param>
    public static Summary.Types.Value Value(string tag, float[] curve)
    {
        int thresholds = curve.Length / PrCurveRows.Count;
        TensorProto tensor = TensorSummary.Tensor<float>(curve, [PrCurveRows.Count, thresholds]);
        var content = new PrCurvePluginData { NumThresholds = (uint)thresholds };
        return TensorSummary.Value(tag, tensor, PluginMetadata.Of(PluginTable.PrCurves, content.ToByteString()));
    }

    public static PrCurve Decode(scoped in ValueView value)
    {
        TensorValue tensor = TensorSummary.DecodeWhole(value, "PR curve");
        return tensor.Shape is [PrCurveRows.Count, _] && tensor.IsNumeric
            ? new PrCurve(tensor.ToDoubles())
            : throw new InvalidDataException($"a PR curve must have the shape [6, thresholds]; the tensor is {tensor}");
    }
}
