using TorchBoard.Interpretation;
using TorchBoard.Probing;
using TorchSharp;
using static TorchBoard.Tests.Probing.TargetModels;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Probing;

/// <summary>The contribution of each token of a model that takes token ids.</summary>
internal sealed class TokenAttributionTests : TensorFixture
{
    private static readonly double[] Ids = [3, 0, 2];

    [Test]
    public void Layer_integrated_gradients_of_the_embedding_start_at_a_token()
    {
        // A token's embedding is (id, 1), the logit of token 0 the sum of the ids, of token 1 twice the length.
        using var model = new Language();
        var score = new ModelScore(model, Tokens(3, 0, 2), ModelTarget.Token(^1, 0));
        Attribution attribution = score.LayerIntegratedGradients("embedding");
        Assert.That(attribution.Shape.ToArray(), Is.EqualTo(new[] { 3, 2 }));
        AssertValues(attribution, 3, 0, 0, 0, 2, 0);
        AssertValues(attribution.SumOverLast(), Ids);

        // With token 1 for padding; the second feature does not change.
        attribution = score.LayerIntegratedGradients("embedding", new() { Baseline = [1] }).SumOverLast();
        AssertValues(attribution, 2, -1, 1);
        Assert.That((attribution.Score, attribution.BaselineScore), Is.EqualTo((5.0, 3.0)));
        Assert.That(attribution.Delta, Is.Zero.Within(Tolerance));
        AssertValues(
            score.LayerIntegratedGradients("embedding", new() { Baseline = [3, 0, 1] }).SumOverLast(), 0, 0, 1);
    }

    [Test]
    public void They_are_the_integrated_gradients_of_the_embeddings_as_in_Captums_test()
    {
        // Captum's BasicEmbeddingModel: two embeddings are added; a linear layer and a ReLU follow.
        manual_seed(7);
        using var model = new TwoEmbeddings();
        Tensor tokens = Tokens(2, 5, 0, 1);
        Tensor others = Tokens(0, 2, 4, 1);
        var score = new ModelScore(
            model, tokens, ModelTarget.Output(), ids => model.call(ids, others.expand(ids.shape[0], -1)));
        Attribution attribution = score.LayerIntegratedGradients("embedding1", new() { Steps = 100 });

        float[] x = Embedded(model, tokens);
        Attribution expected = IntegratedGradients.Explain(
            (inputs, count, scores, gradients) =>
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor batch = tensor(inputs.ToArray()).reshape(count, 4, 5).requires_grad_();
                Tensor values = model.Rest(batch, others.expand(count, -1));
                values.sum().backward();
                ModelOutput.Copy(values, scores);
                using var host = new HostTensor(batch.grad!, ScalarType.Float32);
                host.Values<float>().CopyTo(gradients);
            },
            x, [4, 5], new() { Steps = 100, Baseline = Embedded(model, Tokens(0, 0, 0, 0)) });

        Assert.That(attribution.Values.ToArray(), Is.EqualTo(expected.Values.ToArray()).Within(1e-5));
        Assert.That(attribution.Sum, Is.EqualTo(score.Score - expected.BaselineScore).Within(0.1));
        AssertValues(attribution.SumOverLast(), [.. expected.Values.ToArray().Chunk(5).Select(values => values.Sum())]);
    }

    [Test]
    public void Methods_that_only_predict_explain_the_tokens_themselves()
    {
        using var model = new Language();
        var score = new ModelScore(model, Tokens(3, 0, 2), ModelTarget.Token(^1, 0));
        Assert.That(score.Input.ToArray(), Is.EqualTo(new float[] { 3, 0, 2 }));
        AssertValues(score.Explain(ExplanationMethod.FeatureAblation), Ids);
        AssertValues(score.Explain(ExplanationMethod.KernelShap), Ids);
        AssertValues(
            FeatureAblation.Explain(score.Predict, score.Input, score.Shape, new() { Baseline = [1] }), 2, -1, 1);
        Assert.That(
            () => FeatureAblation.Explain(score.Predict, score.Input, score.Shape, new() { Baseline = [0.5f] }),
            Throws.ArgumentException.With.Message.StartsWith("The model takes integers, Int64; a method replaced one by 0.5."));
    }

    [Test]
    public void Token_ids_have_no_gradient()
    {
        using var model = new Language();
        var score = new ModelScore(model, Tokens(3, 0, 2), ModelTarget.Token(^1, 0));
        Func<Attribution>[] calls =
        [
            () => score.Explain(ExplanationMethod.Saliency), () => score.Explain(ExplanationMethod.IntegratedGradients),
            () => score.DeepLift(), () => score.GuidedBackpropagation(), () => score.LayerConductance("head"),
            () => score.InternalInfluence("head"),
        ];
        foreach (Func<Attribution> call in calls)
        {
            Assert.That(call, Throws.InvalidOperationException.With.Message.StartsWith(
                "The input holds integers, Int64, which have no gradient. Use LayerIntegratedGradients with the embedding "
                + "layer"));
        }

        // By way of the embedding, all of them explain the tokens.
        ModelScore embedded = ModelScore.FromLayer(model, Tokens(3, 0, 2), "embedding", ModelTarget.Token(^1, 0));
        AssertValues(embedded.InternalInfluence("head").SumOverLast(), 0, 0, 1);
        Assert.That(embedded.LayerConductance("head", new() { Steps = 1000 }).Delta, Is.Zero.Within(0.01));
        AssertValues(score.LayerGradientTimesActivation("embedding").SumOverLast(), Ids);
    }

    [Test]
    public void Inputs_and_layers_of_integers_that_do_not_fit_are_refused()
    {
        using var model = new Language();
        Assert.That(
            () => new ModelScore(model, Tokens(1 << 24), ModelTarget.Token(^1, 0)),
            Throws.ArgumentException.With.Message.StartsWith("Integers of an input must be less than 16777216."));
        using nn.Module<Tensor, Tensor> whole = nn.Sequential(
            ("ids", nn.Identity()), ("embedding", nn.Embedding(4, 2)), ("flatten", nn.Flatten()));
        Assert.That(
            () => new ModelScore(whole, Tokens(3, 0), 0).LayerIntegratedGradients("ids"),
            Throws.ArgumentException.With.Message.StartsWith("Layer 'ids' outputs Int64, which has no gradient"));
        var score = new ModelScore(model, Tokens(3, 0, 2), ModelTarget.Token(^1, 0));
        Assert.That(
            () => score.LayerIntegratedGradients("embedding", new() { Baseline = [7] }),
            Throws.Exception, "no such token");
    }

    [Test]
    public void No_tensor_stays()
    {
        using var model = new Language();
        Tensor tokens = Tokens(3, 0, 2);
        long alive = LiveTensors.Count();
        var score = new ModelScore(model, tokens, ModelTarget.Token(^1));
        score.LayerIntegratedGradients("embedding", new() { Baseline = [1] });
        score.LayerGradientTimesActivation("embedding");
        score.Explain(ExplanationMethod.KernelShap);
        Assert.That(() => score.LayerConductance("head"), Throws.InvalidOperationException);
        Assert.That(LiveTensors.Count(), Is.EqualTo(alive));
        Assert.That(HookCount.Of(model), Is.Zero);
    }

    private static Tensor Tokens(params long[] ids) => tensor(ids).reshape(1, -1);

    private static float[] Embedded(TwoEmbeddings model, Tensor tokens)
    {
        using IDisposable noGradients = no_grad();
        using var host = new HostTensor(model.First.call(tokens), ScalarType.Float32);
        return host.Values<float>().ToArray();
    }

    private sealed class TwoEmbeddings : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> embedding1 = nn.Embedding(30, 5);
        private readonly nn.Module<Tensor, Tensor> embedding2 = nn.Embedding(30, 5);
        private readonly nn.Module<Tensor, Tensor> linear1 = nn.Linear(5, 16);
        private readonly nn.Module<Tensor, Tensor> relu = nn.ReLU(inplace: true);
        private readonly nn.Module<Tensor, Tensor> linear2 = nn.Linear(16, 1);

        public TwoEmbeddings()
            : base(nameof(TwoEmbeddings)) => RegisterComponents();

        public nn.Module<Tensor, Tensor> First => embedding1;

        public override Tensor forward(Tensor tokens, Tensor others) => Rest(embedding1.call(tokens), others);

        public Tensor Rest(Tensor embedded, Tensor others) =>
            linear2.call(relu.call(linear1.call(embedded + embedding2.call(others)))).squeeze(2).sum(1);
    }
}
