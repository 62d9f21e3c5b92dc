using TorchBoard.Interpretation;
using TorchBoard.Modules;
using TorchBoard.Probing;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Probing;

/// <summary>Small networks with explanations computed by other programs, to six digits.</summary>
internal sealed class KnownCaseTests
{
    private const double SixDigits = 5e-7;

    private static readonly string[] Layers = ["conv", "relu1"];

    [TestCase("conv", CamMethod.GradCam, 11.25, 13.5, 20.25, 22.5)]
    [TestCase("relu1", CamMethod.GradCam, 0, 4, 28, 32.5)]
    [TestCase("conv", CamMethod.HiResCam, 0, 4, 25, 25)]
    [TestCase("conv", CamMethod.LayerCam, 0, 4, 31, 40)]
    [TestCase("conv", CamMethod.GradCamPlusPlus, -0.208333, 0.166667, 1.291667, 1.666667)]
    public void Class_activation_maps_before_they_are_scaled(
        string layer, CamMethod method, double a, double b, double c, double d)
    {
        foreach (bool inPlace in new[] { false, true })
        {
            Attribution map = ClassActivationMap.RawMap(method, Probed(layer, inPlace));
            Assert.That(map.Values.ToArray(), Is.EqualTo([a, b, c, d]).Within(SixDigits), $"in place: {inPlace}");
        }
    }

    [Test]
    public void XGradCam_weights() =>
        Assert.That(
            ClassActivationMap.ChannelWeights(CamMethod.XGradCam, Probed("conv", inPlace: true)),
            Is.EqualTo(new[] { 1.071429, 0.7 }).Within(SixDigits));

    [Test]
    public void Guided_backpropagation_and_deconvolution()
    {
        foreach (bool inPlace in new[] { false, true })
        {
            using var model = new ConvolutionModel(inPlace);
            using Tensor picture = ConvolutionModel.Picture();
            var score = new ModelScore(model, picture, 0);

            Assert.That(
                score.GuidedBackpropagation().Values.ToArray(),
                Is.EqualTo(new double[] { 0, 1, 1, 1, 1, 3, 3, 2, 1, 3, 3, 2, 1, 2, 2, 1 }).Within(SixDigits));
            Assert.That(
                score.Deconvolution().Values.ToArray(),
                Is.EqualTo(new double[] { 2, 3, 3, 1, 3, 5, 5, 2, 3, 5, 5, 2, 1, 2, 2, 1 }).Within(SixDigits));
        }
    }

    [Test]
    public void Feature_ablation()
    {
        using nn.Module<Tensor, Tensor> model = SumModel.Create();
        ModelScore score = Score(model);

        AssertValues(FeatureAblation.Explain(score.Predict, score.Input, score.Shape), 80, 200, 120);
        AssertValues(score.Explain(ExplanationMethod.FeatureAblation), 80, 200, 120);
        AssertValues(
            FeatureAblation.Explain(score.Predict, score.Input, score.Shape, new() { Groups = [0, 0, 1] }), 280, 280, 120);
        AssertValues(
            FeatureAblation.Explain(
                score.Predict, score.Input, score.Shape, new() { Groups = [0, 0, 1], Baseline = [4] }),
            248, 248, 104);
    }

    [Test]
    public void Occlusion_by_a_window()
    {
        using nn.Module<Tensor, Tensor> model = SumModel.Create();
        ModelScore score = Score(model);
        AssertValues(
            Occlusion.Explain(score.Predict, score.Input, score.Shape, [2], new() { Baseline = [10] }), 200, 220, 240);

        using Tensor other = tensor([2f, 10, 3]).reshape(1, 3);
        score = new ModelScore(model, other);
        AssertValues(Occlusion.Explain(score.Predict, score.Input, score.Shape, [1]), 8, 35, 12);
    }

    [Test]
    public void Shapley_values_and_KernelSHAP()
    {
        using nn.Module<Tensor, Tensor> model = SumModel.Create();
        ModelScore score = Score(model);

        double third = 1.0 / 3;
        AssertValues(
            ShapleyValues.Explain(score.Predict, score.Input, score.Shape), 77 - third, 197 - third, 117 - third);
        AssertValues(
            KernelShap.Explain(score.Predict, score.Input, score.Shape, new() { Groups = [0, 0, 1] }), 275, 275, 115);
    }

    [Test]
    public void Integrated_gradients()
    {
        using nn.Module<Tensor, Tensor> model = SumModel.Create();

        Attribution attribution = Score(model).Explain(ExplanationMethod.IntegratedGradients);

        AssertValues(attribution, 78.035873, 195.089676, 117.053802);
        Assert.That(attribution.Delta, Is.EqualTo(0.179352).Within(1e-5), "the reference was had in single precision");
    }

    [Test]
    public void AblationCam_weights()
    {
        using var model = new ConvolutionModel(inPlace: true);
        using Tensor picture = ConvolutionModel.Picture();
        foreach (string layer in Layers)
        {
            using var probe = new ModelProbe(model, layer);
            probe.Run(picture, 0);
            var tail = new ModelTail(probe, ModuleTree.Find(model, layer, nameof(layer)), model, picture, tokens: null);
            double[] weights = AblationCam.ChannelWeights(tail.Predict, probe.ToLayer(layer));
            Assert.That(weights, Is.EqualTo(new[] { 1, -0.388889 }).Within(SixDigits), layer);
        }
    }

    [Test]
    public void DeepLift_by_the_rescale_rule()
    {
        using nn.Module<Tensor, Tensor> linear = nn.Linear(2, 2);
        using nn.Module<Tensor, Tensor> sum = nn.Linear(2, 1, hasBias: false);
        using nn.Module<Tensor, Tensor> model = nn.Sequential(
            ("in", linear), ("relu", nn.ReLU(inplace: true)), ("sum", sum));
        using (no_grad())
        using (NewDisposeScope())
        {
            Tensor[] parameters = [.. model.parameters()];
            parameters[0].copy_(eye(2));
            parameters[1].copy_(tensor([0f, -1.5f]));
            parameters[2].copy_(full(1, 2, 2f));
        }

        using Tensor input = tensor([1f, 2]).reshape(1, 2);
        Attribution attribution = new ModelScore(model, input).DeepLift();

        AssertValues(attribution, 2, 1);
        Assert.That(attribution.Delta, Is.Zero);
    }

    [TestCase(new[] { 1f, 2, 3, 9 }, new[] { 0.0, 0, 0, -8 })]
    [TestCase(new[] { 4f, 8, 6, 7 }, new[] { 0.0, -7, 0, 0 })]
    public void DeepLift_through_max_pooling(float[] baseline, double[] expected)
    {
        using nn.Module<Tensor, Tensor> model = nn.Sequential(("pool", nn.MaxPool1d(4)), ("flat", nn.Flatten()));
        using Tensor input = ones(1, 1, 4);

        Attribution attribution = new ModelScore(model, input).DeepLift(baseline);

        AssertValues(attribution, expected);
        Assert.That(attribution.Delta, Is.Zero);
    }

    [Test]
    public void DeepLift_through_overlapping_windows_adds_what_each_attributes()
    {
        // Windows of 2 by 2 with stride 1 over 3 by 3. The maximum of the input, 5, is in all four; that of the baseline,
        // 3, in the lower ones, so that these gain only 2.
        using nn.Module<Tensor, Tensor> model = nn.Sequential(
            ("pool", nn.MaxPool2d(2, stride: 1)), ("flat", nn.Flatten()), ("sum", Ones(4)));
        using Tensor input = tensor(new float[] { 0, 0, 0, 0, 5, 0, 0, 0, 0 }).reshape(1, 1, 3, 3);

        Attribution attribution = new ModelScore(model, input).DeepLift([0, 0, 0, 0, 0, 0, 0, 3, 0]);

        AssertValues(attribution, 0, 0, 0, 0, 14, 0, 0, 0, 0);
        Assert.That(attribution.Delta, Is.Zero.Within(1e-6));
    }

    private static nn.Module<Tensor, Tensor> Ones(int inputs)
    {
        nn.Module<Tensor, Tensor> sum = nn.Linear(inputs, 1, hasBias: false);
        using (no_grad())
            sum.parameters().Single().fill_(1);
        return sum;
    }

    private static ModelScore Score(nn.Module model)
    {
        using Tensor input = SumModel.Input();
        return new ModelScore(model, input);
    }

    private static LayerActivations Probed(string layer, bool inPlace)
    {
        using var model = new ConvolutionModel(inPlace);
        using Tensor picture = ConvolutionModel.Picture();
        using var probe = new ModelProbe(model, Layers);
        probe.Run(picture, 0);
        return probe.ToLayer(layer);
    }

    private static void AssertValues(Attribution attribution, params double[] expected) =>
        Assert.That(attribution.Values.ToArray(), Is.EqualTo(expected).Within(SixDigits * 100), "six digits of a hundred");
}
