using TorchBoard.Interpretation;
using TorchBoard.Probing;
using TorchBoard.Tests.Probing;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Documentation;

/// <summary>The examples of targets in the package's README.</summary>
internal sealed class TargetReadmeTests : TensorFixture
{
    [Test]
    public void The_lines_of_the_README_are_those_that_are_compiled_here_and_run()
    {
        ReadmeExample.IsIn("## Which score is explained", "TargetReadmeTests.cs");
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            Explain(writer);
        Assert.That(RunLog.Open(directory).Images.Keys, Is.EquivalentTo(["segmentation", "detection"]));
    }

    private static void Explain(SummaryWriter writer)
    {
        using var segmenter = new TargetModels.Segmenting();
        using var detector = new BoxModel();
        (Tensor boxes, Tensor labels) = (BoxModel.Boxes(), tensor([0L]));
        using nn.Module<Tensor, Tensor> regression = TargetModels.Linear(2, 2, [2, -1, 3, 0], [1, 0]);
        Tensor image = TargetModels.Picture();
        Tensor features = tensor([4f, 5]).reshape(1, 2);
        var pixels = new ActivationMapOptions { Target = ModelTarget.Segmentation(channel: 1) };
        writer.AddActivationMap("segmentation", segmenter, image, 0, pixels);
        ModelTarget found = ModelTarget.Boxes(
            (IList<Dictionary<string, Tensor>> output) => output.Select(of => (of["boxes"], of["labels"], of["scores"])),
            boxes, labels);
        writer.AddActivationMap("detection", detector, image, 0, new ActivationMapOptions { Target = found });
        var value = new ModelScore(regression, features, ModelTarget.Output(0));
        Attribution contributions = KernelShap.Explain(value.Predict, value.Input, value.Shape);
        Assert.That(contributions.Values.ToArray(), Is.EqualTo(new double[] { 8, -5 }).Within(1e-5));
    }
}
