using TorchBoard.Interpretation;
using TorchBoard.Probing;
using static TorchBoard.Tests.Probing.TargetModels;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Probing;

/// <summary>Models with more than one input, and callers that disabled gradients.</summary>
internal sealed class ForwardTests : TensorFixture
{
    [Test]
    public void A_language_model_scores_the_next_token()
    {
        // A token's embedding is (id, 1); the logits of a position are the sum so far of ids, and of twice the length.
        using var model = new Language();
        Tensor ids = tensor(new long[] { 3, 0, 2 }).reshape(1, 3);
        ModelScore score = ModelScore.FromLayer(model, ids, "embedding", ModelTarget.Token(^1));

        Assert.That(score.Shape.ToArray(), Is.EqualTo(new[] { 3, 2 }));
        Assert.That(score.Input.ToArray(), Is.EqualTo(new float[] { 3, 1, 0, 1, 2, 1 }));
        Assert.That((score.Score, score.Target.Name), Is.EqualTo((6.0, "token 1 at ^1")), "6 against 5");
        AssertValues(score.Explain(ExplanationMethod.InputTimesGradient), 0, 2, 0, 2, 0, 2);

        score = ModelScore.FromLayer(model, ids, "embedding", ModelTarget.Token(^1, 0));
        Attribution attribution = score.Explain(ExplanationMethod.IntegratedGradients);
        AssertValues(attribution, 3, 0, 0, 0, 2, 0);
        Assert.That(attribution.Delta, Is.Zero.Within(Tolerance));
        AssertValues(score.Explain(ExplanationMethod.FeatureAblation), 3, 0, 0, 0, 2, 0);
        double[] tokens = [.. attribution.Values.ToArray().Chunk(score.Shape[^1]).Select(values => values.Sum())];
        Assert.That(tokens, Is.EqualTo(new double[] { 3, 0, 2 }).Within(Tolerance));

        // Later tokens do not count for an earlier position.
        score = ModelScore.FromLayer(model, ids, "embedding", ModelTarget.Token(1, 0));
        AssertValues(score.Explain(ExplanationMethod.InputTimesGradient), 3, 0, 0, 0, 0, 0);

        using var probe = new ModelProbe(model, "embedding");
        probe.Run(ids, ModelTarget.Token(^1, 0));
        using var host = new HostTensor(probe.GradientsOf("embedding"), ScalarType.Float32);
        Assert.That(host.Values<float>().ToArray(), Is.EqualTo(new float[] { 1, 0, 1, 0, 1, 0 }));
    }

    [Test]
    public void Inside_inference_mode_gradients_are_had_all_the_same()
    {
        using var model = new Segmenting();
        using IDisposable inference = inference_mode();
        Tensor picture = Picture();
        var score = new ModelScore(model, picture, ModelTarget.Segmentation(0));
        AssertValues(score.Explain(ExplanationMethod.InputTimesGradient), 1, 2, 3, 0);
        AssertValues(score.Explain(ExplanationMethod.DeepLift), 1, 2, 3, 0);
        AssertValues(
            ModelScore.FromLayer(model, picture, "conv", ModelTarget.Output(0, 0, 0)).Explain(ExplanationMethod.Saliency),
            1, 0, 0, 0, 0, 0, 0, 0);

        using var probe = new ModelProbe(model, "conv");
        probe.Run(picture, ModelTarget.Output(0, 0, 1));
        AssertValues(ClassActivationMap.RawMap(CamMethod.GradCam, probe.ToLayer("conv")), 0.25, 0.5, 0.75, -1);
        Assert.That(is_inference_mode_enabled(), Is.True, "as it was");
    }

    [Test]
    public void Inside_inference_mode_token_ids_are_explained_too()
    {
        using var model = new Language();
        using IDisposable inference = inference_mode();
        Tensor ids = tensor(new long[] { 3, 0, 2 }).reshape(1, 3);
        using var probe = new ModelProbe(model, "embedding");
        probe.Run(ids, ModelTarget.Token(^1, 0));
        Assert.That(probe.Scores, Is.EqualTo(new[] { 5.0 }));
        ModelScore score = ModelScore.FromLayer(model, ids, "embedding", ModelTarget.Token(^1, 0));
        AssertValues(score.Explain(ExplanationMethod.InputTimesGradient), 3, 0, 0, 0, 2, 0);
    }

    [Test]
    public void A_model_of_several_inputs_is_called_by_a_function()
    {
        using var model = new Masked();
        Tensor mask = tensor([1f, 0, 1, 1]).reshape(1, 1, 2, 2);
        ModelTarget target = ModelTarget.Output(0);
        Func<Tensor, object?> forward = x => model.call(x, mask.expand(x.shape[0], -1, -1, -1));
        var score = new ModelScore(model, Picture(), target, forward);

        // The sum of x, but for the pixel that is masked.
        Assert.That(score.Score, Is.Zero);
        ExplanationMethod[] methods =
            [ExplanationMethod.InputTimesGradient, ExplanationMethod.DeepLift, ExplanationMethod.KernelShap];
        foreach (ExplanationMethod method in methods)
            AssertValues(score.Explain(method), 1, 0, 3, -4);

        Assert.That(ModelProbe.SuggestLayer(model, Picture(), forward), Is.EqualTo("conv"));
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        var options = new ActivationMapOptions { Target = target, Forward = forward, Method = CamMethod.HiResCam };
        AssertValues(writer.AddActivationMap("hirescam", model, Picture(), 0, options), 1 / 3.0, 0, 1, 0);
        AssertValues(writer.AddActivationMap(
            "ablationcam", model, Picture() + mask, 0, options with { Method = CamMethod.AblationCam }), 0.5, 0.5, 1, 0);
        Attribution scoreCam = writer.AddActivationMap(
            "scorecam", model, Picture(), 0, options with { Method = CamMethod.ScoreCam });
        Assert.That(scoreCam.Shape.ToArray(), Is.EqualTo(new[] { 1, 2, 2 }));
        var explanation = new ModelExplanationOptions { Target = target, Forward = forward };
        AssertValues(
            writer.AddExplanation("saliency", model, Picture(), 0, ExplanationMethod.Saliency, explanation)[0], 1, 0, 1, 1);
        Assert.That(
            () => writer.AddEnsembleExplanation("e", [model], Picture(), 0, ExplanationMethod.Saliency, explanation),
            Throws.ArgumentException.With.Message.StartsWith("Forward calls only one model"));
    }

    [Test]
    public void Errors_of_libtorch_in_a_forward_are_reported_with_the_shapes()
    {
        using var model = new Masked();
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        Func<Tensor, object?> forward = x => model.call(x, ones(1, 1, 3, 3));
        var options = new ActivationMapOptions { Forward = forward, Layers = ["conv"] };
        Action[] calls =
        [
            () => new ModelScore(model, Picture(), forward: forward).ToString(),
            () => ModelScore.FromLayer(model, Picture(), "conv", forward: forward),
            () => ModelProbe.SuggestLayer(model, Picture(), forward),
            () => writer.AddFeatureMaps("t", model, Picture(), 0, forward: forward),
            () => writer.AddActivationMap("t", model, Picture(), 0, options),
            () => writer.AddActivationMap("t", model, Picture(), 0, options with { Method = CamMethod.ScoreCam }),
            () => writer.AddActivationMap("t", model, Picture(), 0, options with { Method = CamMethod.AblationCam }),
            () => writer.AddExplanation(
                "t", model, Picture(), 0, ExplanationMethod.Saliency, new() { Forward = forward }),
        ];

        foreach (Action call in calls)
        {
            Assert.That(call, Throws.ArgumentException.With.Message.StartsWith(
                "Masked cannot take [1, 1, 2, 2] and [1, 1, 3, 3]. libtorch: The size of tensor a (2) must match"));
        }

        Assert.That(HookCount.Of(model), Is.Zero);
    }

    [Test]
    public void A_module_of_TorchScript_is_explained_as_a_whole()
    {
        using var directory = new TestDirectory();
        string file = Path.Combine(directory, "net.pt");
        ScriptFile.Write(file, 2, 3);
        using jit.ScriptModule<Tensor, Tensor> script = jit.load<Tensor, Tensor>(file);

        // TorchSharp throws where a module that holds one of TorchScript is disposed of.
        var model = new Wrapping(script);
        Tensor input = tensor([1f, -2, 4]).reshape(1, 3);

        // The score is relu of the sum.
        foreach (nn.Module explained in new nn.Module[] { script, model })
        {
            var score = new ModelScore(explained, input, 1);
            Assert.That(score.Score, Is.EqualTo(3));
            AssertValues(score.Explain(ExplanationMethod.InputTimesGradient), 1, -2, 4);
            AssertValues(score.Explain(ExplanationMethod.FeatureAblation), 1, -2, 3);
        }

        Assert.That(
            () => new ModelProbe(model, "script"),
            Throws.ArgumentException.With.Message.StartsWith("Layers of TorchScript cannot be hooked"));
        Assert.That(script.training && script.parameters().All(parameter => parameter.grad is null), Is.True);
    }

    private sealed class Wrapping : nn.Module<Tensor, Tensor>
    {
        private readonly jit.ScriptModule<Tensor, Tensor> script;

        public Wrapping(jit.ScriptModule<Tensor, Tensor> script)
            : base(nameof(Wrapping))
        {
            this.script = script;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => script.call(input);
    }
}
