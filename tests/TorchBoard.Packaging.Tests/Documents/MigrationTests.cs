using System.Text.RegularExpressions;

namespace TorchBoard.Packaging.Tests.Documents;

/// <summary>MIGRATION.md covers every call of Python's writers and names only existing calls.</summary>
internal sealed partial class MigrationTests
{
    private static readonly string Guide = Repository.Read("src/TorchBoard/MIGRATION.md");

    private static readonly string Adapter =
        Repository.Read("tests/TorchBoard.TorchSharp.Tests/PublicApi/TorchBoard.TorchSharp.txt");

    [Test]
    public void Each_call_of_PyTorch_and_tensorboardX_is_covered(
        [Values(
            "add_scalar", "add_scalars", "add_histogram", "add_histogram_raw", "add_image", "add_images",
            "add_image_with_boxes",
            "add_figure", "add_video", "add_audio", "add_text", "add_graph", "add_onnx_graph", "add_openvino_graph",
            "add_embedding", "add_pr_curve", "add_pr_curve_raw", "add_custom_scalars",
            "add_custom_scalars_multilinechart",
            "add_custom_scalars_marginchart", "add_mesh", "add_hparams", "add_tensor", "get_logdir", "flush", "close")]
        string name) =>
        Assert.That(Guide, Does.Match($@"\b{name}\b"));

    [Test]
    public void Each_explanation_and_metric_of_the_field_is_covered(
        [Values(
            // captum
            "Saliency", "InputXGradient", "IntegratedGradients", "NoiseTunnel", "GradientShap", "DeepLift",
            "GuidedBackprop", "Deconvolution", "Occlusion", "FeatureAblation", "ShapleyValueSampling",
            "ShapleyValues", "KernelShap", "Lime", "LayerGradCam", "LayerActivation", "visualize_image_attr",
            "LayerIntegratedGradients", "LayerGradientXActivation", "LayerConductance", "InternalInfluence",
            "NeuronGradient", "GuidedGradCam",
            // pytorch-grad-cam
            "GradCAM", "HiResCAM", "GradCAMElementWise", "GradCAMPlusPlus", "XGradCAM", "LayerCAM", "EigenCAM",
            "EigenGradCAM", "ScoreCAM", "AblationCAM", "ClassifierOutputTarget", "ClassifierOutputSoftmaxTarget",
            "RawScoresOutputTarget", "SemanticSegmentationTarget", "SimilarityToConceptTarget",
            "FasterRCNNBoxScoreTarget", "reshape_transform", "show_cam_on_image",
            // FlashTorch, torchviz, lime, shap
            "Backprop", "GradientAscent", "make_dot", "LimeImageExplainer", "LimeTabularExplainer",
            "get_image_and_mask",
            "KernelExplainer", "GradientExplainer", "DeepExplainer", "SamplingExplainer", "image_plot", "bar_plot",
            // torchmetrics
            "MulticlassConfusionMatrix", "MulticlassAccuracy", "MulticlassPrecision", "MulticlassRecall",
            "MulticlassF1Score", "MulticlassAUROC", "MulticlassAveragePrecision", "MulticlassROC",
            "MulticlassPrecisionRecallCurve", "BinaryAUROC", "BinaryROC", "BinaryPrecisionRecallCurve")]
        string name) =>
        Assert.That(
            Guide.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(FirstCell),
            Has.Some.Matches($@"\b{name}\b"));

    [Test]
    public void Each_method_that_the_guide_names_exists()
    {
        string[] methods = [.. typeof(SummaryWriter).GetMethods().Select(method => method.Name)];
        string[] extensions = [.. Calls().Matches(Adapter).Select(match => match.Groups[1].Value)];
        string[] named = [.. Calls().Matches(Guide).Select(match => match.Groups[1].Value).Distinct()];
        Assert.That(named, Has.Length.GreaterThan(15));
        Assert.That(named, Is.SubsetOf(methods.Concat(extensions)));
    }

    [Test]
    public void Each_member_of_a_type_that_the_guide_names_exists()
    {
        (string Type, string Member)[] named =
        [
            .. Code().Matches(Guide).SelectMany(code => Members().Matches(code.Value))
                .Select(match => (match.Groups[1].Value, match.Groups[2].Value)).Distinct(),
        ];
        Assert.That(named, Has.Length.GreaterThan(40));
        Assert.That(
            named.Where(name => !IsOfCore(name.Type, name.Member) && !IsOfAdapter(name.Type, name.Member)), Is.Empty);
    }

    private static string FirstCell(string row) => row.Split('|')[1];

    private static bool IsOfCore(string type, string member) =>
        typeof(SummaryWriter).Assembly.GetExportedTypes()
            .Any(exported => exported.Name == type && exported.GetMember(member).Length > 0);

    // The adapter needs TorchSharp, but the text of its public surface does not. The adapter's tests verify the text.
    private static bool IsOfAdapter(string type, string member) =>
        Adapter.Split("\n\n").Any(block =>
            Regex.IsMatch(block, $@"\A\S+: .*\b{type}\b") && Regex.IsMatch(block, $@"(?m)^  .*\b{member}\b"));

    [GeneratedRegex(@"\b((?:Add[A-Z]|End[A-Z]|Open|Monitor|Flush|Dispose)[A-Za-z]*)\(")]
    private static partial Regex Calls();

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<![./\w])(?!TorchBoard\b)([A-Z][A-Za-z]+)\.([A-Z][A-Za-z0-9]+)\b")]
    private static partial Regex Members();
}
