using System.Text.RegularExpressions;

namespace TorchBoard.Packaging.Tests.Documents;

/// <summary>MIGRATION.md leaves out no call of Python's writers, and names no call that is not there.</summary>
internal sealed partial class MigrationTests
{
    private static readonly string Guide = Repository.Read("src/TorchBoard/MIGRATION.md");

    [Test]
    public void Each_call_of_PyTorch_and_tensorboardX_is_answered(
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
    public void Each_method_that_the_guide_names_exists()
    {
        string[] methods = [.. typeof(SummaryWriter).GetMethods().Select(method => method.Name)];
        string[] named = [.. Calls().Matches(Guide).Select(match => match.Groups[1].Value).Distinct()];
        Assert.That(named, Has.Length.GreaterThan(15));
        Assert.That(named, Is.SubsetOf(methods));
    }

    [GeneratedRegex(@"\b((?:Add|End|Open|Monitor|Flush|Dispose)[A-Za-z]*)\(")]
    private static partial Regex Calls();
}
