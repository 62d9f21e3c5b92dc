using TorchBoard.Metrics;
using TorchBoard.Protos;

namespace TorchBoard.Summaries;

/// <summary>Precision-recall curves, as tensors of six rows.</summary>
internal static class PrCurveSummary
{
    private const string PluginName = "pr_curves";

    public static Summary Of(string tag, float[] curve) => new() { Value = { Value(tag, curve) } };

    /// <param name="tag">The tag.</param>
    /// <param name="curve">The rows of <see cref="PrCurve"/>, one after the other.</param>
    public static Summary.Types.Value Value(string tag, float[] curve)
    {
        int thresholds = curve.Length / PrCurve.Rows;
        TensorProto tensor = TensorSummary.Tensor<float>(curve, [PrCurve.Rows, thresholds]);
        var content = new PrCurvePluginData { NumThresholds = (uint)thresholds };
        return TensorSummary.Value(tag, tensor, PluginMetadata.Of(PluginName, DataClass.Tensor, content));
    }
}
