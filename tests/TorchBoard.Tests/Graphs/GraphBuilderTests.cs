using TorchBoard.Graphs;

namespace TorchBoard.Tests.Graphs;

internal sealed class GraphBuilderTests
{
    [Test]
    public void Nodes_keep_their_order_and_can_refer_to_later_ones()
    {
        Graph graph = new GraphBuilder().Add("b", "Relu", "a").Add("a", "Placeholder").Build();
        Assert.That(graph.Nodes.Select(node => node.Name), Is.EqualTo(new[] { "b", "a" }));
    }

    [TestCase("layer1/conv/weight")]
    [TestCase(".hidden")]
    [TestCase("0")]
    [TestCase("a-b_c.d>e\\f")]
    public void A_name_has_parts_of_letters_and_a_few_signs(string name) =>
        Assert.That(new GraphBuilder().Add(name, "Op").Build().Nodes[0].Name, Is.EqualTo(name));

    [TestCase("")]
    [TestCase("/a")]
    [TestCase("a/")]
    [TestCase("a//b")]
    [TestCase("a b")]
    [TestCase("a:0")]
    [TestCase("^a")]
    [TestCase("_a")]
    [TestCase("größe")]
    public void Another_name_is_refused(string name) =>
        AssertRefused($"'{name}'", () => new GraphBuilder().Add(name, "Op"));

    [Test]
    public void A_node_is_validated_when_it_is_added()
    {
        using (Assert.EnterMultipleScope())
        {
            AssertRefused("'a'", () => new GraphBuilder().Add("a", "Op").Add("a", "Op"));
            AssertRefused("'a'", () => new GraphBuilder().Add("a", ""));
            AssertRefused("'b:x'", () => new GraphBuilder().Add("a", "Op", "b:x"));
            AssertRefused("'^b:1'", () => new GraphBuilder().Add("a", "Op", "^b:1"));
            AssertRefused("'b:-1'", () => new GraphBuilder().Add("a", "Op", "b:-1"));
            AssertRefused(
                "[3, -2]", () => new GraphBuilder().Add(new GraphNode("a", "Op") { OutputShapes = [[3, -2]] }));
            AssertRefused("Unicode", () => new GraphBuilder().Add("a", "\uD800"));
        }
    }

    [Test]
    public void An_input_without_a_node_is_reported()
    {
        GraphBuilder builder = new GraphBuilder().Add("layer/relu", "Relu", "layer/conv");
        Assert.That(
            () => builder.Build(),
            Throws.InvalidOperationException.With.Message.Contains("'layer/relu'")
                .And.Message.Contains("'layer/conv'"));
    }

    [Test]
    public void An_output_that_a_node_does_not_have_is_reported()
    {
        GraphBuilder builder = new GraphBuilder()
            .Add(new GraphNode("split", "Split") { OutputShapes = [[1], null] })
            .Add("fine", "Relu", "split:1", "^split")
            .Add("wrong", "Relu", "split:2");
        Assert.That(() => builder.Build(), Throws.InvalidOperationException.With.Message.Contains("'split:2'"));
    }

    [Test]
    public void A_cycle_is_reported_node_by_node_and_can_be_allowed()
    {
        GraphBuilder builder =
            new GraphBuilder().Add("x", "Op", "a").Add("a", "Op", "b").Add("b", "Op", "c:1").Add("c", "Op", "^a");
        Assert.That(
            () => builder.Build(), Throws.InvalidOperationException.With.Message.Contains("'a' ← 'b' ← 'c' ← 'a'"));
        Assert.That(builder.Build(allowCycles: true).Nodes, Has.Count.EqualTo(4));
        Assert.That(() => new GraphBuilder().Add("self", "Op", "self").Build(), Throws.InvalidOperationException);
    }

    [Test]
    public void A_diamond_is_not_a_cycle_and_a_long_chain_does_not_overflow()
    {
        GraphBuilder builder = new GraphBuilder().Add("n0", "Op");
        for (int i = 1; i < 100_000; i++)
            builder.Add($"n{i}", "Op", $"n{i - 1}", $"n{i / 2}");
        Assert.That(builder.Build().Nodes, Has.Count.EqualTo(100_000));
    }

    [Test]
    public void A_graph_without_nodes_is_refused() =>
        Assert.That(() => new GraphBuilder().Build(), Throws.InvalidOperationException);

    [Test]
    public void A_graph_does_not_change_with_its_sources()
    {
        var inputs = new List<string> { "a" };
        GraphBuilder builder = new GraphBuilder().Add("a", "Op").Add(new GraphNode("b", "Op", inputs));
        inputs[0] = "gone";
        Graph graph = builder.Build();
        builder.Add("c", "Op");
        Assert.That(graph.Nodes, Has.Count.EqualTo(2));
        Assert.That(graph.Nodes[1].Inputs, Is.EqualTo(new[] { "a" }));
    }

    private static void AssertRefused(string message, Action call) =>
        Assert.That(call, Throws.ArgumentException.With.Message.Contains(message));
}
