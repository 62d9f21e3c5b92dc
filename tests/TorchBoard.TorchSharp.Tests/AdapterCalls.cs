using TorchBoard.Interpretation;
using TorchBoard.Probing;
using TorchBoard.Tests.Probing;
using TorchBoard.Watching;
using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>A call of every part of the adapter, by name.</summary>
internal static class AdapterCalls
{
    public static IReadOnlyDictionary<string, Action<SummaryWriter, AdapterParts>> All { get; } =
        new Dictionary<string, Action<SummaryWriter, AdapterParts>>
        {
            ["AddScalar"] = (writer, parts) => writer.AddScalar("t", parts.Loss.alias(), 1),
            ["AddScalar of a device"] =
            (writer, parts) => TensorExtensions.AddDeviceScalar(writer, "t", parts.Loss.alias(), 1, null),
            ["AddScalars"] = (writer, parts) => writer.AddScalars("t", [("a", parts.Loss.alias())], 1),
            ["AddHistogram"] = (writer, parts) => writer.AddHistogram("t", parts.Picture.alias(), 1),
            ["AddHistogram of a device"] =
            (writer, parts) => TensorExtensions.AddDeviceHistogram(writer, "t", parts.Picture.alias(), 1, null),
            ["DeviceHistogram in pieces"] = (_, parts) => DeviceHistogram.Count(parts.Picture.alias(), 5)(),
            ["AddImages of integers"] = (writer, parts) => writer.AddImages("t", parts.Integers.alias(), 1),
            ["AddImages of bytes"] = (writer, parts) => writer.AddImages("t", parts.Integers.to_type(ScalarType.Int8), 1),
            ["AddImages of half floats"] =
            (writer, parts) => writer.AddImages("t", parts.Picture.to_type(ScalarType.Float16), 1),
            ["AddVideo"] = (writer, parts) => writer.AddVideo("t", parts.Integers.unsqueeze(0), 1),
            ["AddAudio"] = (writer, parts) => writer.AddAudio("t", parts.Picture.flatten().to_type(ScalarType.Float64), 1),
            ["AddTensor"] = (writer, parts) => writer.AddTensor("t", parts.Picture.to_type(ScalarType.BFloat16), 1),
            ["AddEmbedding"] = (writer, parts) =>
                writer.AddEmbedding("t", parts.Vectors.alias(), 1, labels: parts.Labels, pictures: parts.Sprites),
            ["AddPrCurve"] = (writer, parts) => writer.AddPrCurve("t", parts.Labels.alias(), parts.Labels.alias(), 1),
            ["AddPrCurves"] = (writer, parts) => writer.AddPrCurves("t", parts.Labels.alias(), parts.Vectors.alias(), 1),
            ["AddMesh"] = (writer, parts) =>
                writer.AddMesh("t", parts.Points.alias(), 1, parts.Points.to_type(ScalarType.Int64), parts.Corners),
            ["AddAttention"] = (writer, parts) => writer.AddAttention("t", parts.Vectors.t().matmul(parts.Vectors), 1),
            ["ModelAttention"] = (_, parts) => ModelAttention.Of(parts.Attention, parts.Tokens, parts.Tokens, 2),
            ["AddGraph"] = (writer, parts) => writer.AddGraph(parts.Model, parts.Picture.alias()),
            ["AddModelSummary"] = (writer, parts) => writer.AddModelSummary("t", parts.Model, 1, parts.Picture.alias()),
            ["AddActivationMap"] = (writer, parts) => writer.AddActivationMap("t", parts.Model, parts.Picture.alias(), 1),
            ["AddActivationMap, Score-CAM"] = (writer, parts) => writer.AddActivationMap(
                "t", parts.Model, parts.Picture.alias(), 1, new() { Method = CamMethod.ScoreCam }),
            ["AddActivationMap, Ablation-CAM"] = (writer, parts) => writer.AddActivationMap(
                "t", parts.Model, parts.Picture.alias(), 1, new() { Method = CamMethod.AblationCam }),
            ["AddActivationMap, smoothed"] = (writer, parts) => writer.AddActivationMap(
                "t", parts.Model, parts.Picture.alias(), 1, new() { AugmentationSmoothing = true, EigenSmoothing = true }),
            ["ModelTarget.Boxes"] = (_, parts) => new ModelScore(
                parts.Detector, parts.Picture.alias(),
                BoxModel.Target(BoxModel.Boxes(), parts.Labels.narrow(0, 0, 1))).Explain(ExplanationMethod.Saliency),
            ["AddFeatureMaps"] = (writer, parts) => writer.AddFeatureMaps("t", parts.Model, parts.Picture.alias(), 1),
            ["AddKernels"] = (writer, parts) => writer.AddKernels("t", parts.Model, 1),
            ["AddGradientFlow"] = (writer, parts) => writer.AddGradientFlow("t", parts.Model, 1),
            ["AddGradientHeatmap"] = (writer, parts) => writer.AddGradientHeatmap("t", parts.Parameter, 1),
            ["AddEnsembleExplanation"] = (writer, parts) => writer.AddEnsembleExplanation(
                "t", [parts.Model, parts.Model], parts.Picture.alias(), 1, ExplanationMethod.Saliency),
            ["Watch"] = (writer, parts) =>
            {
                using ModelWatch watch = writer.Watch(parts.Model, new() { Interval = 1, Activations = true });
                parts.Forward();
                watch.Step(1);
            },
            ["Saliency"] = (writer, parts) => Explain(writer, parts, ExplanationMethod.Saliency),
            ["InputTimesGradient"] = (writer, parts) => Explain(writer, parts, ExplanationMethod.InputTimesGradient),
            ["IntegratedGradients"] = (writer, parts) => Explain(writer, parts, ExplanationMethod.IntegratedGradients),
            ["SmoothGrad"] = (writer, parts) => Explain(writer, parts, ExplanationMethod.SmoothGrad),
            ["GradientShap"] = (writer, parts) => Explain(writer, parts, ExplanationMethod.GradientShap),
            ["GuidedBackpropagation"] = (writer, parts) => Explain(writer, parts, ExplanationMethod.GuidedBackpropagation),
            ["Deconvolution"] = (writer, parts) => Explain(writer, parts, ExplanationMethod.Deconvolution),
            ["GuidedGradCam"] = (writer, parts) => Explain(writer, parts, ExplanationMethod.GuidedGradCam),
            ["LayerGradientTimesActivation"] = (_, parts) => Score(parts).LayerGradientTimesActivation("conv"),
            ["LayerIntegratedGradients"] = (_, parts) => Score(parts).LayerIntegratedGradients("conv"),
            ["LayerConductance"] = (_, parts) => Score(parts).LayerConductance("conv"),
            ["InternalInfluence"] = (_, parts) => Score(parts).InternalInfluence("conv"),
            ["OfNeuron"] = (_, parts) => ModelScore.OfNeuron(parts.Model, parts.Picture.alias(), "linear", 1)
                .Explain(ExplanationMethod.IntegratedGradients),
            ["DeepLift"] = (writer, parts) => Explain(writer, parts, ExplanationMethod.DeepLift),
            ["Occlusion"] = (writer, parts) => Explain(writer, parts, ExplanationMethod.Occlusion),
            ["FeatureAblation"] = (writer, parts) => Explain(writer, parts, ExplanationMethod.FeatureAblation),
            ["Shapley"] = (writer, parts) => Explain(writer, parts, ExplanationMethod.Shapley),
            ["KernelShap"] = (writer, parts) => Explain(writer, parts, ExplanationMethod.KernelShap),
            ["Lime"] = (writer, parts) => Explain(writer, parts, ExplanationMethod.Lime),
        };

    public static IEnumerable<string> Names => All.Keys;

    private static ModelScore Score(AdapterParts parts) => new(parts.Model, parts.Picture.alias());

    private static void Explain(SummaryWriter writer, AdapterParts parts, ExplanationMethod method) =>
        writer.AddExplanation("t", parts.Model, parts.Picture.alias(), 1, method);
}
