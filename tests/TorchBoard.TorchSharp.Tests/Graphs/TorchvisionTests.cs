using TorchBoard.Graphs;
using TorchBoard.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Graphs;

/// <summary>The graphs of well-known models, with random weights.</summary>
internal sealed class TorchvisionTests
{
    private static readonly Dictionary<string, Known> Models = new()
    {
        // Blocks with two convolutions; the first of stages 2 to 4 has a convolution and a norm in its skip.
        ["resnet18"] = new(() => torchvision.models.resnet18(), 64, Layers: 53, Joins: 8, JoinedByEach: 2),
        ["resnet50"] = new(() => torchvision.models.resnet50(), 64, Layers: 143, Joins: 16, JoinedByEach: 2),
        ["mobilenet_v2"] = new(() => torchvision.models.mobilenet_v2(), 64, Layers: 141, Joins: 10, JoinedByEach: 2),
        ["googlenet"] = new(() => torchvision.models.googlenet(), 96, Layers: 187, Joins: 9, JoinedByEach: 4),
        ["alexnet"] = new(() => torchvision.models.alexnet(), 96, Layers: 21, Joins: 0, JoinedByEach: 0),
    };

    private static IEnumerable<string> Names => Models.Keys;

    [TestCaseSource(nameof(Names))]
    public void Every_skip_is_present_and_every_node_is_used(string name)
    {
        Known known = Models[name];
        using nn.Module model = known.Make();
        using Tensor input = rand(1, 3, known.Size, known.Size);

        Graph graph = ModelGraph.Of(ModelTrace.Of(ModelCall.With(model, [input], nameof(input))));

        GraphNode[] layers = [.. graph.Nodes.Where(node => node.Op is not ("Input" or "Output" or "Join"))];
        GraphNode[] joins = [.. graph.Nodes.Where(node => node.Op == "Join")];
        HashSet<string> used = [.. graph.Nodes.SelectMany(node => node.Inputs)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(layers, Has.Length.EqualTo(known.Layers));
            Assert.That(layers.Select(node => node.Inputs.Count), Has.All.EqualTo(1));
            Assert.That(joins, Has.Length.EqualTo(known.Joins));
            Assert.That(joins.Select(node => node.Inputs.Count), Has.All.EqualTo(known.JoinedByEach));
            Assert.That(graph.Nodes.Select(node => node.Name).Where(node => !used.Contains(node)), Is.EqualTo(["output"]));
            Assert.That(graph.Nodes.Where(node => node.Inputs.Count == 0).Select(node => node.Name), Is.EqualTo(["input"]));
            Assert.That(
                graph.Nodes.SelectMany(node => node.Attributes.Keys), Has.None.EqualTo("without_gradient_from"));
        }
    }

    [Test]
    public void A_residual_block_adds_its_branch_to_its_input()
    {
        using nn.Module model = torchvision.models.resnet18();
        using Tensor input = rand(1, 3, 64, 64);

        Graph graph = ModelGraph.Of(ModelTrace.Of(ModelCall.With(model, [input], nameof(input))));

        Dictionary<string, IReadOnlyList<string>> inputs =
            graph.Nodes.ToDictionary(node => node.Name, node => node.Inputs);
        Assert.That(inputs["ResNet/layer1/0/join"], Is.EqualTo(["ResNet/maxpool", "ResNet/layer1/0/bn2"]));
        Assert.That(inputs["ResNet/layer1/1/join"], Is.EqualTo(["ResNet/layer1/0/join", "ResNet/layer1/1/bn2"]));
        Assert.That(
            inputs["ResNet/layer2/0/join"], Is.EqualTo(["ResNet/layer2/0/bn2", "ResNet/layer2/0/downsample/1"]));
        Assert.That(inputs["ResNet/layer2/0/downsample/0"], Is.EqualTo(["ResNet/layer1/1/join"]));
    }

    private sealed record Known(Func<nn.Module> Make, int Size, int Layers, int Joins, int JoinedByEach);
}
