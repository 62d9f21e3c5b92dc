using TorchBoard.Interpretation;
using TorchBoard.Probing;
using static TorchBoard.Tests.Probing.TargetModels;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Probing;

/// <summary>A neuron as a score. The numbers are those of Captum's tests of neurons.</summary>
internal sealed class NeuronTests : TensorFixture
{
    [TestCase("linear2", 0, new[] { 0f, 100, 0 }, 4)]
    [TestCase("linear1", 0, new[] { 0f, 100, 0 }, 1)]
    [TestCase("linear1", 0, new[] { 0f, 5, 4 }, 1)]
    [TestCase("relu", 0, new[] { 0f, 5, 4 }, 0)]
    [TestCase("relu", 1, new[] { 0f, 5, 4 }, 1)]
    public void The_gradient_of_a_neuron(string layer, int neuron, float[] input, double expected)
    {
        foreach (bool inPlace in new[] { false, true })
        {
            using var model = new LayerModel(inPlace);
            ModelScore score = ModelScore.OfNeuron(model, Input(input), layer, neuron);
            float[] gradient = new float[3];
            score.Gradient(score.Input, 1, new double[1], gradient);
            Assert.That(gradient, Has.All.EqualTo(expected));
        }
    }

    [TestCase("linear2", 0, new[] { 0f, 100, 0 }, new[] { 0.0, 390, 0 })]
    [TestCase("linear1", 0, new[] { 0f, 100, 0 }, new[] { 0.0, 100, 0 })]
    [TestCase("relu", 0, new[] { 0f, 6, 14 }, new[] { 0.0, 3, 7 })]
    [TestCase("relu", 1, new[] { 0f, 5, 4 }, new[] { 0.0, 5, 4 })]
    public void Integrated_gradients_of_a_neuron(string layer, int neuron, float[] input, double[] expected)
    {
        using var model = new LayerModel();
        ModelScore score = ModelScore.OfNeuron(model, Input(input), layer, neuron);
        Attribution attribution = IntegratedGradients.Explain(
            score.Gradient, score.Input, score.Shape, new() { Steps = 200 });
        Assert.That(attribution.Values.ToArray(), Is.EqualTo(expected).Within(0.1));
    }

    [Test]
    public void A_function_selects_several_neurons()
    {
        using var model = new LayerModel();
        ModelScore all = ModelScore.OfNeuron(
            model, Input([0, 5, 4]), "relu", ModelTarget.Of(output => output.sum(1)));
        AssertValues(all.Explain(ExplanationMethod.Saliency), 3, 3, 3);
        ModelScore last = ModelScore.OfNeuron(
            model, Input([0, 5, 4]), "relu", ModelTarget.Of(output => output.narrow(1, 2, 2).sum(1)));
        AssertValues(last.Explain(ExplanationMethod.IntegratedGradients), 0, 10, 8);
        Assert.That((all.Score, last.Score), Is.EqualTo((30.0, 20.0)));
    }

    [Test]
    public void A_neuron_of_a_convolution_sees_its_window()
    {
        // All weights are 1: the gradient is 1 in the 3 × 3 pixels that the neuron sees.
        using var model = new ConvolutionModel(inPlace: true);
        ModelScore score = ModelScore.OfNeuron(
            model, ConvolutionModel.Picture(), "conv", ModelTarget.Output(0, 1, 0));
        Assert.That((score.Score, score.Target.Name), Is.EqualTo((31.0, "conv [0, 1, 0]")));
        AssertValues(
            score.Explain(ExplanationMethod.Saliency), 0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0);

        // Methods that change backward passes or only predict explain it, too: the neuron after its ReLU, and the mean
        // of its channel.
        ModelScore after = ModelScore.OfNeuron(
            model, ConvolutionModel.Picture(), "relu1", ModelTarget.Output(0, 1, 0));
        double[] seen = [0, 0, 0, 0, 4, 5, 6, 0, 8, 9, 10, 0, 12, 13, 14, 0];
        AssertValues(
            after.Explain(ExplanationMethod.GuidedBackpropagation), 0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0);
        AssertValues(after.Explain(ExplanationMethod.FeatureAblation), seen);
        AssertValues(
            after.Explain(ExplanationMethod.DeepLift), [.. seen.Select(value => value * 31 / 81)]);
        ModelScore mean = ModelScore.OfNeuron(
            model, ConvolutionModel.Picture(), "relu1",
            ModelTarget.Of(output => output.select(1, 0).flatten(1).mean([1])) with { Name = "channel 0" });
        Assert.That((mean.Score, mean.Target.Name), Is.EqualTo((75 / 4.0, "channel 0")));
    }

    [Test]
    public void A_neuron_that_does_not_exist_is_refused()
    {
        using var model = new LayerModel();
        using var convolution = new ConvolutionModel();
        Tensor input = Input([0, 5, 4]);
        Assert.That(
            () => ModelScore.OfNeuron(model, input, "relu", 4),
            Throws.ArgumentException.With.Message.StartsWith(
                "Layer 'relu' returned [1, 4]; the target's index [4] must exist in the dimensions after the first."));
        Assert.That(
            () => ModelScore.OfNeuron(convolution, ConvolutionModel.Picture(), "conv", 1),
            Throws.ArgumentException.With.Message.StartsWith(
                "Layer 'conv' returned [1, 2, 2, 2]; the target's index [1] must exist"));
        Assert.That(
            () => ModelScore.OfNeuron(model, input, "rleu", 0),
            Throws.ArgumentException.With.Message.Contains("'relu'"));
        Assert.That(() => ModelScore.OfNeuron(model, input, "relu", null!), Throws.ArgumentNullException);
        using var silent = new Calling(values => values.sum(1));
        silent.register_module("linear", nn.Linear(3, 3));
        Assert.That(
            () => ModelScore.OfNeuron(silent, input, "linear", 0),
            Throws.InvalidOperationException.With.Message.StartsWith("Layer 'linear' was not called."));
        Assert.That(HookCount.Of(model) + HookCount.Of(silent), Is.Zero);
    }

    [Test]
    public void Guided_GradCam()
    {
        // Captum's numbers for relu1; those for conv are Grad-CAM's, 11.25 and so on, times guided backpropagation's.
        using var model = new ConvolutionModel(inPlace: true);
        var score = new ModelScore(model, ConvolutionModel.Picture(), 0);
        AssertValues(
            score.GuidedGradCam("relu1"),
            0, 0, 4, 4, 0, 0, 12, 8, 28, 84, 97.5, 65, 28, 56, 65, 32.5);
        double[] conv =
            [0, 11.25, 13.5, 13.5, 11.25, 33.75, 40.5, 27, 20.25, 60.75, 67.5, 45, 20.25, 40.5, 45, 22.5];
        AssertValues(score.GuidedGradCam("conv"), conv);
        AssertValues(score.Explain(ExplanationMethod.GuidedGradCam), conv);

        Assert.That(
            () => score.GuidedGradCam("linear"),
            Throws.ArgumentException.With.Message.StartsWith("Layer 'linear' outputs [1, 4]"));
        using var vector = new LayerModel();
        Assert.That(
            () => new ModelScore(vector, Input([0, 5, 4])).GuidedGradCam(),
            Throws.InvalidOperationException.With.Message.StartsWith("Guided Grad-CAM requires a picture"));
    }

    private static Tensor Input(float[] values) => tensor(values).reshape(1, -1);
}
