using TorchBoard.Figures;
using TorchBoard.Imaging;
using TorchBoard.Interpretation;
using TorchBoard.Probing;
using TorchBoard.Tests.Probing;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Documentation;

/// <summary>The example of layers, neurons and tokens in the package's README.</summary>
internal sealed class LayerReadmeTests : TensorFixture
{
    [Test]
    public void The_lines_of_the_README_are_those_that_are_compiled_here_and_run()
    {
        ReadmeExample.IsIn("## Layers, neurons and tokens", "LayerReadmeTests.cs");
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            Explain(writer);
        Assert.That(RunLog.Open(directory).Images.Keys, Is.EquivalentTo(["channels", "neuron"]));
    }

    private static void Explain(SummaryWriter writer)
    {
        using nn.Module<Tensor, Tensor> model = nn.Sequential(
            ("conv2", nn.Conv2d(1, 3, 3)), ("relu", nn.ReLU()), ("flatten", nn.Flatten()), ("head", nn.Linear(12, 4)));
        using var language = new TargetModels.Language();
        Tensor image = ConvolutionModel.Picture();
        Picture picture = Picture.FromPixels(new byte[16], ImageLayout.Hw, [4, 4]);
        Tensor tokenIds = tensor(new long[] { 3, 0, 2 }).reshape(1, 3);
        int padding = 0;
        string[] names = ["0", "1", "2"];
        var score = new ModelScore(model, image, 3);
        Attribution conductance = score.LayerConductance("conv2", new() { Steps = 100 });
        writer.AddFigure("channels", new Figure { Title = "Conductance" }.Bars<double>(names, conductance.SumOverLast().SumOverLast().Values), 0);
        ModelScore neuron = ModelScore.OfNeuron(model, image, "conv2", ModelTarget.Output(2, 1, 0));
        writer.AddAttribution("neuron", neuron.Explain(ExplanationMethod.Saliency), 0, picture);
        var next = new ModelScore(language, tokenIds, ModelTarget.Token(^1));
        Attribution byToken = next.LayerIntegratedGradients("embedding", new() { Baseline = [padding] }).SumOverLast();
        Assert.That(byToken.Values.ToArray(), Is.EqualTo(new double[] { 0, 0, 0 }).Within(1e-5), "each token counts 2");
    }
}
