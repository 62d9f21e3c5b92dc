using TorchBoard.Interpretation;
using TorchBoard.Probing;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Probing;

/// <summary>The mean of the heads is what TorchSharp's module itself returns.</summary>
internal sealed class ModelAttentionTests : TensorFixture
{
    [TestCase(true, null, null)]
    [TestCase(false, null, null)]
    [TestCase(true, 3, 3)]
    [TestCase(false, 4, 4)]
    public void The_mean_of_the_heads_is_what_the_module_returns(bool bias, int? keyFeatures, int? valueFeatures)
    {
        using var attention = nn.MultiheadAttention(8, 4, bias: bias, kdim: keyFeatures, vdim: valueFeatures);
        Randomize(attention);
        Tensor query = randn(3, 2, 8);
        Tensor key = randn(5, 2, keyFeatures ?? 8);
        Tensor own = attention.call(query, key, randn(5, 2, valueFeatures ?? 8)).Item2;
        AssertMeans(ModelAttention.Of(attention, query, key, heads: 4), own);
    }

    [Test]
    public void Masks_are_those_of_the_module()
    {
        using var attention = nn.MultiheadAttention(8, 2);
        Randomize(attention);
        Tensor tokens = randn(3, 2, 8);
        Tensor causal = tensor([0f, float.NegativeInfinity, float.NegativeInfinity, 0, 0, float.NegativeInfinity, 0, 0, 0])
            .reshape(3, 3);
        Tensor padding = tensor([false, false, false, false, false, true]).reshape(2, 3);

        Tensor own = attention.call(tokens, tokens, tokens, padding, true, causal).Item2;
        IReadOnlyList<AttentionMaps> maps = ModelAttention.Of(attention, tokens, tokens, 2, causal, padding);
        AssertMeans(maps, own);
        Assert.That(maps[0].Head(1).Values[1], Is.Zero, "what comes later is not attended to");

        Tensor later = tensor([false, true, true, false, false, true, false, false, false]).reshape(3, 3);
        AssertMeans(ModelAttention.Of(attention, tokens, tokens, 2, later, padding), own);
    }

    [Test]
    public void Attention_inside_an_encoder_is_found_by_the_path_of_its_parameters()
    {
        using var layer = nn.TransformerEncoderLayer(8, 2, 16, dropout: 0);
        using var encoder = nn.TransformerEncoder(layer, 2);
        using var attention = nn.MultiheadAttention(8, 2);
        Randomize(encoder);
        using (no_grad())
        {
            var ofLayer = encoder.named_parameters().ToDictionary(named => named.name, named => named.parameter);
            foreach ((string name, Tensor parameter) in attention.named_parameters())
                parameter.copy_(ofLayer[$"layers.0.self_attn.{name}"]);
        }

        Tensor tokens = randn(3, 2, 8);
        Tensor own = attention.call(tokens, tokens, tokens).Item2;
        AssertMeans(ModelAttention.Of(encoder, tokens, tokens, 2, path: "layers.0.self_attn"), own);
        Assert.That(ModelAttention.Of(layer, tokens, tokens, 2, path: "self_attn"), Has.Count.EqualTo(2));
        Assert.That(
            () => ModelAttention.Of(encoder, tokens, tokens, 2),
            Throws.ArgumentException.With.Message.StartsWith(
                "TransformerEncoder has no parameter 'in_proj_weight' or 'q_proj_weight'; it has attention at "
                + "'layers.0.self_attn', 'layers.1.self_attn'."));
    }

    [Test]
    public void Rollout_follows_the_tokens_through_the_layers()
    {
        using var first = nn.MultiheadAttention(8, 2);
        using var second = nn.MultiheadAttention(8, 4);
        Randomize(first);
        Randomize(second);
        Tensor tokens = randn(4, 2, 8);
        (Tensor hidden, Tensor weights) = first.call(tokens, tokens, tokens);
        Tensor next = tokens + hidden;
        Tensor half = (weights + eye(4)) / 2;
        Tensor whole = ((second.call(next, next, next).Item2 + eye(4)) / 2).matmul(half);

        IReadOnlyList<AttentionMaps> lower = ModelAttention.Of(first, tokens, tokens, heads: 2);
        IReadOnlyList<AttentionMaps> upper = ModelAttention.Of(second, next, next, heads: 4);

        double[] rollouts =
            [.. lower.Zip(upper).SelectMany(maps => AttentionMaps.Rollout([maps.First, maps.Second]).Values.ToArray())];
        using var host = new HostTensor(whole, ScalarType.Float32);
        double[] expected = Array.ConvertAll(host.Values<float>().ToArray(), value => (double)value);
        Assert.That(rollouts, Is.EqualTo(expected).Within(1e-4), "the module works in single precision");
        foreach (double[] row in rollouts.Chunk(4))
            Assert.That(row.Sum(), Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void Arguments_that_do_not_match_are_refused()
    {
        using var attention = nn.MultiheadAttention(8, 2);
        using var adding = nn.MultiheadAttention(8, 2, add_bias_kv: true);
        using nn.Module linear = nn.Linear(8, 8);
        Tensor tokens = randn(3, 2, 8);
        Refused(() => ModelAttention.Of(attention, tokens, randn(3, 2, 6), 2), "keys 8; the shapes are");
        Refused(() => ModelAttention.Of(attention, tokens, tokens, 3), "3 heads must divide 8 features evenly.");
        Refused(() => ModelAttention.Of(attention, tokens, tokens, 2, ones(2, 3)), "The mask must be [3, 3]");
        Refused(() => ModelAttention.Of(adding, tokens, tokens, 2), "add_bias_kv");
        Refused(() => ModelAttention.Of(linear, tokens, tokens, 2), "an nn.MultiheadAttention is required.");

        static void Refused(Func<IReadOnlyList<AttentionMaps>> make, string expected) =>
            Assert.That(make, Throws.ArgumentException.With.Message.Contains(expected));
    }

    private static void Randomize(nn.Module module)
    {
        manual_seed(3);
        using IDisposable noGradients = no_grad();
        foreach (Tensor parameter in module.parameters())
            nn.init.normal_(parameter);
    }

    private static void AssertMeans(IReadOnlyList<AttentionMaps> maps, Tensor own)
    {
        using var host = new HostTensor(own, ScalarType.Float32);
        double[] expected = Array.ConvertAll(host.Values<float>().ToArray(), value => (double)value);
        double[] means = [.. maps.SelectMany(map => map.Mean().Values.ToArray())];
        Assert.That(means, Is.EqualTo(expected).Within(1e-5));
    }
}
