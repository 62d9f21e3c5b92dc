using TorchBoard.Graphs;
using TorchBoard.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Graphs;

/// <summary>The graph of a model: its nodes and edges.</summary>
internal sealed class GraphTests
{
    [Test]
    public void A_sequence_is_a_chain_with_shapes_and_parameters()
    {
        using nn.Module<Tensor, Tensor> model =
            nn.Sequential(("fc1", nn.Linear(4, 3)), ("relu", nn.ReLU(inplace: true)), ("fc2", nn.Linear(3, 2)));
        using Tensor input = ones(5, 4);

        Graph graph = GraphOf(model, input);

        Assert.That(graph.Nodes.Select(Text), Is.EqualTo(
        [
            "input: Input() [5, 4]",
            "Sequential/fc1: Linear(input) [5, 3]",
            "Sequential/relu: ReLU(Sequential/fc1) [5, 3]",
            "Sequential/fc2: Linear(Sequential/relu) [5, 2]",
            "output: Output(Sequential/fc2) [5, 2]",
        ]));
        GraphNode first = graph.Nodes[1];
        Assert.That(first.Attributes["parameters"].ToString(), Is.EqualTo("15"));
        Assert.That(first.Attributes["weight"].ToString(), Is.EqualTo("[3, 4]"));
        Assert.That(first.Type, Is.EqualTo(TensorType.Single));
    }

    [Test]
    public void Edges_go_through_functions_to_what_a_tensor_was_made_from_directly()
    {
        using var model = new Residual();
        using Tensor input = ones(2, 4);

        Graph graph = GraphOf(model, input);

        Assert.That(graph.Nodes.Select(Text), Is.EqualTo(
        [
            "input: Input() [2, 4]",
            "Residual/block/a: Linear(input) [2, 4]",
            "Residual/block/b: Linear(Residual/block/a) [2, 4]",
            "Residual/block/join: Join(input, Residual/block/b) [2, 4]",
            "Residual/head: Linear(Residual/block/join) [2, 1]",
            "output: Output(Residual/head) [2, 1]",
        ]));
    }

    [Test]
    public void A_layer_that_is_called_twice_has_two_nodes()
    {
        using var model = new Twice();
        using Tensor input = ones(2, 4);

        Graph graph = GraphOf(model, input);

        Assert.That(graph.Nodes.Select(Text), Is.EqualTo(
        [
            "input: Input() [2, 4]",
            "Twice/shared: Linear(input) [2, 4]",
            "Twice/shared_1: Linear(Twice/shared) [2, 4]",
            "output: Output(Twice/shared_1) [2, 4]",
        ]));
    }

    [Test]
    public void Several_inputs_and_outputs_have_a_node_each()
    {
        using var model = new TwoByTwo();
        using Tensor a = ones(2, 4);
        using Tensor b = ones(2, 3);

        Graph graph = GraphOf(model, a, b);

        Assert.That(graph.Nodes.Select(Text), Is.EqualTo(
        [
            "input/0: Input() [2, 4]",
            "input/1: Input() [2, 3]",
            "TwoByTwo/right: Linear(input/1) [2, 1]",
            "TwoByTwo/left: Linear(input/0) [2, 1]",
            "output/0: Output(TwoByTwo/right, TwoByTwo/left) [2, 1]",
            "output/1: Output(TwoByTwo/right) [2, 1]",
        ]));
    }

    [Test]
    public void An_output_of_several_tensors_is_taken_apart()
    {
        using var model = new Recurrent();
        using Tensor input = ones(5, 2, 4);

        Graph graph = GraphOf(model, input);

        Assert.That(graph.Nodes.Select(Text), Is.EqualTo(
        [
            "input: Input() [5, 2, 4]",
            "Recurrent/lstm: LSTM(input) [5, 2, 3] [1, 2, 3] [1, 2, 3]",
            "Recurrent/head: Linear(Recurrent/lstm:1) [1, 2, 2]",
            "output: Output(Recurrent/head) [1, 2, 2]",
        ]));
    }

    [Test]
    public void Whole_numbers_have_edges_too()
    {
        using nn.Module<Tensor, Tensor> model =
            nn.Sequential(("embedding", nn.Embedding(10, 3)), ("fc", nn.Linear(3, 2)));
        using Tensor tokens = tensor(new long[] { 1, 2, 3 });

        Graph graph = GraphOf(model, tokens);

        Assert.That(Text(graph.Nodes[1]), Is.EqualTo("Sequential/embedding: Embedding(input) [3, 3]"));
        Assert.That(graph.Nodes[0].Type, Is.EqualTo(TensorType.Int64));
    }

    [Test]
    public void Modes_running_averages_gradients_hooks_and_tensors_are_as_they_were()
    {
        using var dropout = nn.Dropout(0.5);
        using var norm = nn.BatchNorm1d(4);
        using nn.Module<Tensor, Tensor> model =
            nn.Sequential(("norm", norm), ("dropout", dropout), ("fc", nn.Linear(4, 2)));
        model.train();
        dropout.eval();
        using Tensor input = rand(8, 4);
        using Tensor mean = norm.running_mean!.clone();
        GraphOf(model, input);
        long tensors = LiveTensors.Count();

        GraphOf(model, input);

        Assert.That(LiveTensors.Count(), Is.EqualTo(tensors));
        Assert.That((model.training, norm.training, dropout.training), Is.EqualTo((true, true, false)));
        Assert.That(norm.running_mean!.Equals(mean), Is.True);
        Assert.That(HookCount.Of(model), Is.Zero);
        Assert.That(input.requires_grad, Is.False);
    }

    [Test]
    public void The_run_holds_the_graph_and_the_time_of_each_layer()
    {
        using nn.Module<Tensor, Tensor> model = nn.Sequential(("fc1", nn.Linear(4, 3)), ("fc2", nn.Linear(3, 2)));
        using Tensor input = ones(5, 4);
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddGraph(model, input);

        ModelCall call = ModelCall.With(model, [input], "inputs");
        NodeStatistics[] statistics = ModelProfile.Of(ModelTrace.Of(call), call);

        Assert.That(RunLog.Open(directory).Graphs[0].ReadNodes(), Has.Count.EqualTo(4));
        Assert.That(statistics.Select(node => node.Node), Is.EqualTo(["Sequential/fc1", "Sequential/fc2"]));
        Assert.That(statistics.Select(node => node.MemoryBytes), Is.EqualTo([60, 40]));
        Assert.That(statistics, Has.All.Property(nameof(NodeStatistics.ComputeTime)).GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public void A_wrong_number_of_inputs_is_refused_before_the_model_is_called()
    {
        using nn.Module<Tensor, Tensor> model = nn.Linear(4, 3);
        using Tensor input = ones(5, 4);
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);

        Assert.That(
            () => writer.AddGraph(model, input, input),
            Throws.ArgumentException.With.Message.StartsWith("Linear takes 1 tensor; got 2."));
        Assert.That(() => writer.AddGraph(model), Throws.ArgumentException);
    }

    private static Graph GraphOf(nn.Module model, params Tensor[] inputs) =>
        ModelGraph.Of(ModelTrace.Of(ModelCall.With(model, inputs, nameof(inputs))));

    private static string Text(GraphNode node) =>
        $"{node.Name}: {node.Op}({string.Join(", ", node.Inputs)}) "
        + string.Join(" ", node.OutputShapes.Select(shape => $"[{string.Join(", ", shape!)}]"));

    private sealed class Block : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> a = nn.Linear(4, 4);
        private readonly nn.Module<Tensor, Tensor> b = nn.Linear(4, 4);

        public Block()
            : base(nameof(Block)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            using DisposeScope scope = NewDisposeScope();
            return (b.call(nn.functional.relu(a.call(input))) + input).MoveToOuterDisposeScope();
        }
    }

    private sealed class Residual : nn.Module<Tensor, Tensor>
    {
        private readonly Block block = new();
        private readonly nn.Module<Tensor, Tensor> head = nn.Linear(4, 1);

        public Residual()
            : base(nameof(Residual)) => RegisterComponents();

        public override Tensor forward(Tensor input) => head.call(nn.functional.relu(block.call(input)));
    }

    private sealed class Twice : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> shared = nn.Linear(4, 4);

        public Twice()
            : base(nameof(Twice)) => RegisterComponents();

        public override Tensor forward(Tensor input) => shared.call(shared.call(input));
    }

    private sealed class TwoByTwo : nn.Module<Tensor, Tensor, (Tensor, Tensor)>
    {
        private readonly nn.Module<Tensor, Tensor> left = nn.Linear(4, 1);
        private readonly nn.Module<Tensor, Tensor> right = nn.Linear(3, 1);

        public TwoByTwo()
            : base(nameof(TwoByTwo)) => RegisterComponents();

        public override (Tensor, Tensor) forward(Tensor a, Tensor b)
        {
            Tensor r = right.call(b);
            return (left.call(a) * r, r);
        }
    }

    private sealed class Recurrent : nn.Module<Tensor, Tensor>
    {
        private readonly global::TorchSharp.Modules.LSTM lstm = nn.LSTM(4, 3);
        private readonly nn.Module<Tensor, Tensor> head = nn.Linear(3, 2);

        public Recurrent()
            : base(nameof(Recurrent)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            (_, Tensor hidden, _) = lstm.call(input, null);
            return head.call(hidden);
        }
    }
}
