using TorchBoard.Interpretation;
using TorchBoard.Probing;
using static TorchBoard.Tests.Probing.TargetModels;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Probing;

/// <summary>
/// Explanations by the output of a layer. The numbers are those of Captum's tests, or of the gradient that is known
/// here: the score has the gradient 1 at linear1's last three neurons, and at its first where the sum of inputs exceeds
/// 10.
/// </summary>
internal sealed class LayerExplanationTests : TensorFixture
{
    private static readonly double[] Linear1 = [90, 100, 100, 100];

    [TestCase("linear0", new[] { 0f, 100, 0 }, new[] { 0.0, 400, 0 })]
    [TestCase("linear1", new[] { 0f, 100, 0 }, new[] { 90.0, 101, 101, 101 })]
    [TestCase("relu", new[] { 3f, 4, 0 }, new[] { 0.0, 8, 8, 8 })]
    [TestCase("linear2", new[] { 0f, 100, 0 }, new[] { 392.0, 0 })]
    public void Gradient_times_activation(string layer, float[] input, double[] expected)
    {
        foreach (bool inPlace in new[] { false, true })
            AssertValues(Score(input, inPlace).LayerGradientTimesActivation(layer), expected);
    }

    [Test]
    public void Integrated_gradients_start_where_the_baseline_puts_the_layer()
    {
        // From −10, 1, 1, 1 to 90, 101, 101, 101: the first neuron counts for 90 % of the way, as far as 50 points show
        // it.
        Attribution attribution = Score([0, 100, 0]).LayerIntegratedGradients("linear1");
        Assert.That(attribution.Values.ToArray(), Is.EqualTo(Linear1).Within(1));
        Assert.That(attribution.Values[1..].ToArray(), Is.EqualTo(Linear1[1..]).Within(Tolerance));
        Assert.That((attribution.Score, attribution.BaselineScore), Is.EqualTo((392.0, 2.0)));
        Assert.That(attribution.Sum - attribution.Delta, Is.EqualTo(390).Within(Tolerance));

        // Beyond the ReLU, the score is linear.
        attribution = Score([0, 100, 0]).LayerIntegratedGradients("relu", new() { Baseline = [0, 40, 0] });
        AssertValues(attribution, 60, 60, 60, 60);
        Assert.That(attribution.Delta, Is.Zero.Within(1e-4));
    }

    [TestCase("linear0", new[] { 0.0, 390, 0 })]
    [TestCase("linear1", new[] { 90.0, 100, 100, 100 })]
    [TestCase("relu", new[] { 90.0, 100, 100, 100 })]
    [TestCase("linear2", new[] { 390.0, 0 })]
    public void Conductance(string layer, double[] expected)
    {
        Attribution attribution = Score([0, 100, 0], inPlace: true).LayerConductance(layer, new() { Steps = 500 });

        Assert.That(attribution.Values.ToArray(), Is.EqualTo(expected).Within(0.1), "as Captum's test has it");
        Assert.That(attribution.Delta, Is.Zero.Within(0.02));
        Assert.That(attribution.Sum, Is.EqualTo(attribution.Score - attribution.BaselineScore).Within(0.02));
    }

    [Test]
    public void Conductance_is_the_gradient_at_each_point_times_the_change_up_to_the_next()
    {
        // Two points, at (1 ± 1/√3)/2 of the way to 60: 12.68, where all neurons count, and 47.32.
        AssertValues(
            Score([20, 10, 30]).LayerConductance("linear1", new() { Steps = 1 }),
            [.. Enumerable.Repeat(60 / Math.Sqrt(3), 4)]);

        // Of the way to 30 they are 6.34, where the first neuron does not count, and 23.66.
        double way = 30 / Math.Sqrt(3);
        AssertValues(Score([0, 30, 0]).LayerConductance("linear1", new() { Steps = 1 }), 0, way, way, way);
    }

    [Test]
    public void Conductance_adds_up_in_a_network_that_is_not_linear()
    {
        manual_seed(4);
        using nn.Module<Tensor, Tensor> model = nn.Sequential(
            ("conv", nn.Conv2d(1, 3, 3)), ("tanh", nn.Tanh()), ("pool", nn.AvgPool2d(2)), ("flatten", nn.Flatten()),
            ("linear", nn.Linear(12, 2)));
        var score = new ModelScore(model, randn(1, 1, 6, 6), 1);
        foreach (string layer in (string[])["conv", "tanh", "pool"])
        {
            Attribution attribution = score.LayerConductance(layer, new() { Steps = 2000, BatchSize = 300 });
            Assert.That(attribution.Delta, Is.Zero.Within(1e-3), layer);
            Assert.That(attribution.Shape.ToArray(), Is.EqualTo(layer == "pool" ? [3, 2, 2] : new[] { 3, 4, 4 }));
        }
    }

    [Test]
    public void Batches_do_not_change_conductance()
    {
        double[] whole = Score([0, 100, 0]).LayerConductance("linear1").Values.ToArray();
        foreach (int size in new[] { 1, 4, 20 })
        {
            Attribution parts = Score([0, 100, 0]).LayerConductance("linear1", new() { BatchSize = size });
            Assert.That(parts.Values.ToArray(), Is.EqualTo(whole).Within(1e-4), $"batches of {size}");
        }
    }

    [TestCase("linear0", new[] { 0f, 100, 0 }, 0f, new[] { 3.9, 3.9, 3.9 })]
    [TestCase("linear1", new[] { 0f, 100, 0 }, 0f, new[] { 0.9, 1.0, 1.0, 1.0 })]
    [TestCase("relu", new[] { 3f, 4, 0 }, 0f, new[] { 1.0, 1.0, 1.0, 1.0 })]
    [TestCase("linear2", new[] { 0f, 100, 0 }, 0f, new[] { 1.0, 0.0 })]
    [TestCase("linear1", new[] { 0f, 80, 0 }, -20f, new[] { 0.7, 0.81, 0.81, 0.81 })]
    public void Internal_influence(string layer, float[] input, float baseline, double[] expected)
    {
        foreach (bool inPlace in new[] { false, true })
        {
            Attribution attribution = Score(input, inPlace)
                .InternalInfluence(layer, new() { Steps = 500, Baseline = [0, baseline, 0] });
            Assert.That(attribution.Values.ToArray(), Is.EqualTo(expected).Within(0.01), "as Captum's test has it, with 0.8 for 0.81");
        }
    }

    [Test]
    public void Internal_influence_is_the_mean_of_the_gradients()
    {
        // Two points at (1 ± 1/√3)/2, each with half the weight: 6.34 is below 10, 23.66 above.
        Attribution attribution = Score([0, 30, 0]).InternalInfluence("linear1", new() { Steps = 2 });
        AssertValues(attribution, 0.5, 1, 1, 1);
        Assert.That((attribution.Score, attribution.IsInUnitsOfScore), Is.EqualTo((112.0, false)));
    }

    [Test]
    public void A_score_of_a_layer_has_layers_of_its_own()
    {
        using var model = new LayerModel();
        ModelScore from = ModelScore.FromLayer(model, Input([0, 30, 0]), "linear0", 0);
        AssertValues(from.InternalInfluence("linear1", new() { Steps = 2 }), 0.5, 1, 1, 1);
        AssertValues(from.LayerGradientTimesActivation("relu"), 20, 31, 31, 31);
    }

    [Test]
    public void A_model_of_several_inputs_is_called_by_a_function()
    {
        // Captum's BasicModel_MultiLayer_MultiInput: the sum of the inputs, times a number.
        using var model = new LayerModel();
        Tensor other = Input([0, 4, 5]);
        Tensor five = tensor(5f);
        var score = new ModelScore(
            model, Input([0, 10, 1]), 0, x => model.call((x + other.expand(x.shape[0], -1)) * five));
        AssertValues(score.LayerGradientTimesActivation("relu"), 90, 101, 101, 101);
        Assert.That(
            score.LayerConductance("linear2", new() { Steps = 500 }).Delta, Is.Zero.Within(0.01));
    }

    [Test]
    public void Of_a_layer_that_is_called_twice_the_last_call_counts()
    {
        // The layer doubles: 2, then 4; the score is three times that.
        using nn.Module<Tensor, Tensor> layer = Linear(1, 1, [2], [0]);
        using nn.Module<Tensor, Tensor> model =
            nn.Sequential(("first", layer), ("last", layer), ("head", Linear(1, 1, [3], [0])));
        var score = new ModelScore(model, ones(1, 1));
        AssertValues(score.LayerGradientTimesActivation("last"), 12);
        AssertValues(score.LayerIntegratedGradients("first"), 12);
        AssertValues(score.InternalInfluence("first"), 3);
        Assert.That(score.LayerConductance("first", new() { Steps = 2000 }).Values[0], Is.EqualTo(12).Within(0.001));
        AssertValues(ModelScore.OfNeuron(model, ones(1, 1), "first", 0).Explain(ExplanationMethod.Saliency), 4);
    }

    [Test]
    public void Inside_inference_mode_and_without_gradients_it_is_the_same()
    {
        using var model = new LayerModel(inPlace: true);
        foreach (Tensor parameter in model.parameters())
            parameter.requires_grad = false;
        using IDisposable inference = inference_mode();
        using IDisposable noGradients = no_grad();
        var score = new ModelScore(model, Input([0, 30, 0]), 0);
        AssertValues(score.LayerGradientTimesActivation("linear1"), 20, 31, 31, 31);
        AssertValues(score.LayerIntegratedGradients("relu"), 20, 30, 30, 30);
        AssertValues(score.InternalInfluence("linear1", new() { Steps = 2 }), 0.5, 1, 1, 1);
        AssertValues(
            ModelScore.OfNeuron(model, Input([0, 30, 0]), "linear1", 1).Explain(ExplanationMethod.InputTimesGradient),
            0, 30, 0);
    }

    [Test]
    public void Layers_baselines_and_inputs_that_do_not_fit_are_refused()
    {
        using var model = new LayerModel();
        var score = new ModelScore(model, Input([0, 100, 0]), 0);
        using nn.Module<Tensor, Tensor> still = nn.Sequential(("linear", Linear(3, 1, [1, 1, 1], [0])));
        using var silent = new Calling(input => input.sum(1));
        silent.register_module("linear", nn.Linear(3, 3));
        foreach (Func<ModelScore, string, Attribution> explain in Explanations)
        {
            Assert.That(
                () => explain(score, "linear9"),
                Throws.ArgumentException.With.Message.StartsWith("'linear9' was not found among the 4 layers"));
            Assert.That(
                () => explain(new ModelScore(silent, Input([0, 1, 0])), "linear"),
                Throws.InvalidOperationException.With.Message.StartsWith("Layer 'linear' was not called."));
        }

        var wrong = new IntegratedGradientsOptions { Baseline = [1, 2] };
        Func<Attribution>[] calls =
        [
            () => score.LayerIntegratedGradients("relu", wrong), () => score.LayerConductance("relu", wrong),
            () => score.InternalInfluence("relu", wrong),
        ];
        foreach (Func<Attribution> call in calls)
        {
            Assert.That(
                call, Throws.ArgumentException.With.Message.StartsWith("The baseline must be 1 value or 3"));
        }

        using var canceled = new CancellationTokenSource();
        canceled.Cancel();
        Assert.That(
            () => score.LayerConductance("relu", cancellationToken: canceled.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(HookCount.Of(model), Is.Zero);
    }

    [Test]
    public void Nothing_is_left_behind()
    {
        using var model = new LayerModel(inPlace: true);
        model.train();
        Tensor input = Input([0, 100, 0]);
        long tensors = LiveTensors.Count();

        var score = new ModelScore(model, input, 0);
        foreach (Func<ModelScore, string, Attribution> explain in Explanations)
        {
            explain(score, "linear1");
            Assert.That(() => explain(score, "none"), Throws.ArgumentException);
        }

        ModelScore.OfNeuron(model, input, "relu", 1).Explain(ExplanationMethod.GuidedBackpropagation);
        Assert.That(() => ModelScore.OfNeuron(model, input, "relu", 9), Throws.ArgumentException);

        Assert.That(LiveTensors.Count(), Is.EqualTo(tensors));
        Assert.That(HookCount.Of(model), Is.Zero);
        Assert.That(model.training && model.named_children().All(child => child.module.training), Is.True);
        Assert.That(model.parameters().Select(parameter => parameter.grad), Has.All.Null);
    }

    private static IReadOnlyList<Func<ModelScore, string, Attribution>> Explanations { get; } =
    [
        (score, layer) => score.LayerGradientTimesActivation(layer),
        (score, layer) => score.LayerIntegratedGradients(layer),
        (score, layer) => score.LayerConductance(layer),
        (score, layer) => score.InternalInfluence(layer),
    ];

    private static Tensor Input(float[] values) => tensor(values).reshape(1, -1);

    private static ModelScore Score(float[] input, bool inPlace = false) =>
        new(new LayerModel(inPlace), Input(input), 0);
}
