using TorchBoard.Graphs;
using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Graphs;

/// <summary>Edges where tensors are changed in place, and where no gradient flows.</summary>
internal sealed class EdgeTests : TensorFixture
{
    [Test]
    public void A_skip_that_adds_in_place_is_an_edge() =>
        Expect(
            (layers, x) =>
            {
                Tensor y = layers.a.call(x);
                y.add_(x);
                return layers.b.call(y);
            },
            "a(input)", "b(input, a)", "output(b)");

    [Test]
    public void A_module_that_works_in_place_is_on_the_way_also_where_its_result_is_ignored() =>
        Expect(
            (layers, x) =>
            {
                Tensor y = layers.a.call(x);
                layers.relu.call(y);
                return layers.b.call(y);
            },
            "a(input)", "relu(a)", "b(relu)", "output(b)");

    [Test]
    public void What_was_kept_of_a_tensor_changes_with_it() =>
        Expect(
            (layers, x) =>
            {
                Tensor y = layers.a.call(x);
                Tensor z = layers.relu.call(y);
                return layers.b.call(z) + y;
            },
            "a(input)", "relu(a)", "b(relu)", "output(relu, b)");

    [Test]
    public void A_copy_that_was_made_before_does_not() =>
        Expect(
            (layers, x) =>
            {
                Tensor y = layers.a.call(x);
                Tensor kept = y.clone();
                Tensor z = layers.relu.call(y);
                return layers.b.call(z) + kept;
            },
            "a(input)", "relu(a)", "b(relu)", "output(a, b)");

    [Test]
    public void A_tensor_that_autograd_has_lost_to_a_change_in_place_is_followed_by_its_values() =>
        Expect(
            (layers, x) =>
            {
                // The gradient of sigmoid needs its result, which is overwritten.
                Tensor y = layers.a.call(x).sigmoid();
                y.mul_(x);
                return layers.b.call(y);
            },
            "a(input)", "b(input, a) without gradient from input, a", "output(b)");

    [Test]
    public void Indices_made_by_argmax_are_followed_by_their_values() =>
        Expect(
            (layers, x) => layers.embedding.call(layers.a.call(x).argmax(1)),
            "a(input)", "embedding(a) without gradient from a", "output(embedding)");

    [Test]
    public void Edges_through_detached_tensors_are_found_by_their_values() =>
        Expect(
            (layers, x) => layers.b.call(layers.a.call(x).detach() + x),
            "a(input)", "b(input, a) without gradient from a", "output(b)");

    [Test]
    public void Modules_that_run_without_gradients_have_their_edges() =>
        Expect(
            (layers, x) =>
            {
                Tensor y;
                using (no_grad())
                    y = layers.b.call(layers.a.call(x) + x);
                return layers.b.call(y);
            },
            "a(input)", "b(input, a)", "b_1(b)", "output(b_1)");

    [Test]
    public void What_the_model_drops_leads_nowhere() =>
        Expect(
            (layers, x) =>
            {
                layers.a.call(x);
                return layers.b.call(x);
            },
            "a(input)", "b(input)", "output(b)");

    [Test]
    public void A_constant_comes_from_nowhere() =>
        Expect(
            (layers, x) => layers.a.call(x) + layers.embedding.call(arange(2)),
            "a(input)", "embedding()", "output(a, embedding)");

    [Test]
    public void A_caller_in_inference_mode_gets_the_same_graph()
    {
        using (inference_mode())
        {
            Expect((layers, x) => layers.b.call(layers.a.call(x) + x), "a(input)", "b(input, a)", "output(b)");
            Assert.That(is_inference_mode_enabled(), Is.True);
        }
    }

    private static void Expect(Func<Layers, Tensor, Tensor> forward, params string[] nodes)
    {
        Layers model;
        using (inference_mode(false))
            model = new Layers(forward);
        using Tensor input = tensor(new[] { 0.3f, -1.2f, 0.7f, 0.1f, 1.5f, -0.4f, 0.2f, 0.9f }).reshape(2, 4);

        Graph graph = ModelGraph.Of(ModelTrace.Of(ModelCall.With(model, [input], nameof(input))));

        Assert.That(graph.Nodes.Skip(1).Select(Text), Is.EqualTo(nodes));
        Assert.That(HookCount.Of(model), Is.Zero);
        model.Dispose();
    }

    private static string Text(GraphNode node)
    {
        string text = $"{Short(node.Name)}({string.Join(", ", node.Inputs.Select(Short))})";
        return node.Attributes.TryGetValue("without_gradient_from", out AttributeValue sources)
            ? $"{text} without gradient from {sources.ToString().Replace("Layers/", "", StringComparison.Ordinal)}"
            : text;
    }

    private static string Short(string name) => name.Replace("Layers/", "", StringComparison.Ordinal);

    private sealed class Layers : nn.Module<Tensor, Tensor>
    {
        public readonly nn.Module<Tensor, Tensor> a = nn.Linear(4, 4);
        public readonly nn.Module<Tensor, Tensor> b = nn.Linear(4, 4);
        public readonly nn.Module<Tensor, Tensor> relu = nn.ReLU(inplace: true);
        public readonly nn.Module<Tensor, Tensor> embedding = nn.Embedding(4, 4);
        private readonly Func<Layers, Tensor, Tensor> _forward;

        public Layers(Func<Layers, Tensor, Tensor> forward)
            : base(nameof(Layers))
        {
            _forward = forward;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _forward(this, input);
    }
}
