using TorchBoard.Graphs;
using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Graphs;

/// <summary>libtorch's own transformers, which have no modules inside that a hook could see.</summary>
internal sealed class TransformerGraphTests : TensorFixture
{
    [Test]
    public void An_encoder_has_a_node_for_each_part_of_its_layers_with_both_skips()
    {
        using var layer = nn.TransformerEncoderLayer(8, 2, 16);
        using var model = nn.TransformerEncoder(layer, 2);

        Assert.That(Nodes(model, rand(5, 1, 8)), Is.EqualTo(new[]
        {
            "input()",
            "TransformerEncoder/layers/0/self_attn(input)",
            "TransformerEncoder/layers/0/norm1(input, TransformerEncoder/layers/0/self_attn)",
            "TransformerEncoder/layers/0/linear1(TransformerEncoder/layers/0/norm1)",
            "TransformerEncoder/layers/0/linear2(TransformerEncoder/layers/0/linear1)",
            "TransformerEncoder/layers/0/norm2(TransformerEncoder/layers/0/norm1, TransformerEncoder/layers/0/linear2)",
            "TransformerEncoder/layers/1/self_attn(TransformerEncoder/layers/0/norm2)",
            "TransformerEncoder/layers/1/norm1(TransformerEncoder/layers/0/norm2, TransformerEncoder/layers/1/self_attn)",
            "TransformerEncoder/layers/1/linear1(TransformerEncoder/layers/1/norm1)",
            "TransformerEncoder/layers/1/linear2(TransformerEncoder/layers/1/linear1)",
            "TransformerEncoder/layers/1/norm2(TransformerEncoder/layers/1/norm1, TransformerEncoder/layers/1/linear2)",
            "TransformerEncoder(TransformerEncoder/layers/1/norm2)",
            "output(TransformerEncoder)",
        }));
    }

    [Test]
    public void A_part_tells_its_type_its_path_and_its_parameters()
    {
        using var model = nn.TransformerEncoderLayer(8, 2, 16);
        GraphNode[] nodes = [.. GraphOf(model, rand(5, 1, 8)).Nodes];

        GraphNode attention = nodes.Single(node => node.Name.EndsWith("/self_attn", StringComparison.Ordinal));
        Assert.That(attention.Op, Is.EqualTo("MultiheadAttention"));
        Assert.That(attention.Attributes["module"].ToString(), Does.Contain("self_attn"));
        // Projections of 8 features to queries, keys and values, and of the heads to the output, with biases.
        Assert.That(attention.Attributes["parameters"].ToString(), Does.Contain($"{(3 * 8 * 8) + (3 * 8) + (8 * 8) + 8}"));
    }

    [Test]
    public void A_decoder_attends_to_what_the_encoder_made()
    {
        using var model = nn.Transformer(8, 2, 1, 1, 16);
        string[] nodes = Nodes(model, rand(5, 1, 8), rand(4, 1, 8));

        Assert.That(nodes, Has.Some.EqualTo("Transformer/encoder/layers/0/self_attn(input/0)"));
        Assert.That(nodes, Has.Some.EqualTo("Transformer/decoder/layers/0/self_attn(input/1)"));
        Assert.That(
            nodes,
            Has.Some.EqualTo(
                "Transformer/decoder/layers/0/multihead_attn(Transformer/decoder/layers/0/norm1, "
                + "Transformer/encoder/norm)"));
        Assert.That(nodes[^2], Is.EqualTo("Transformer(Transformer/decoder/norm)"));
    }

    private static string[] Nodes(nn.Module model, params Tensor[] inputs) =>
        [.. GraphOf(model, inputs).Nodes.Select(node => $"{node.Name}({string.Join(", ", node.Inputs)})")];

    private static Graph GraphOf(nn.Module model, params Tensor[] inputs) =>
        ModelGraph.Of(ModelTrace.Of(ModelCall.With(model, inputs, nameof(inputs))));
}
