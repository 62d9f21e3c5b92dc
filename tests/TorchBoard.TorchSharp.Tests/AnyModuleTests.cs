using TorchBoard.Graphs;
using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>Modules that take something other than one tensor, or are not TorchSharp's own.</summary>
internal sealed class AnyModuleTests : TensorFixture
{
    [Test]
    public void A_module_of_TorchScript_is_one_node_and_its_layers_are_rows()
    {
        using var directory = new TestDirectory();
        string file = Path.Combine(directory, "net.pt");
        ScriptFile.Write(file, 2, 3);
        using jit.ScriptModule<Tensor, Tensor> model = jit.load<Tensor, Tensor>(file);
        Tensor input = ones(4, 3);

        Assert.That(Nodes(GraphOf(model, input)), Is.EqualTo(
        [
            "input() [4, 3]",
            "ScriptModule(input) [4, 2]",
            "output(ScriptModule) [4, 2]",
        ]));
        Assert.That(ModelSummary.Of(model, input).ToString(), Is.EqualTo(
            """
            layer    type          output  parameters
            -----------------------------------------
            (model)  ScriptModule  [4, 2]
              fc                                    6
            -----------------------------------------
            parameters: 6, 6 trainable, 0 MB
            """));
    }

    [Test]
    public void Arguments_that_are_not_tensors_have_the_defaults_that_forward_declares()
    {
        using var model = new Switched();

        Assert.That(Nodes(GraphOf(model, ones(2, 3))), Does.Contain("Switched/yes(input) [2, 3]"));
    }

    [Test]
    public void Arguments_without_a_default_are_asked_for_and_a_call_gives_them()
    {
        using var model = new Chosen();
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        Tensor input = ones(2, 3);

        Assert.That(
            () => writer.AddGraph(model, input),
            Throws.ArgumentException.With.Message.StartsWith("Chosen takes a Boolean, 'choice', besides tensors."));
        Graph graph = ModelGraph.Of(ModelTrace.Of(ModelCall.By(model, () => model.call(input, true))));
        Assert.That(Nodes(graph), Is.EqualTo(
        [
            "input() [2, 3]",
            "Chosen/yes(input) [2, 3]",
            "output(Chosen/yes) [2, 3]",
        ]));
        Assert.That(
            ModelSummary.Of(model, () => model.call(input, false)).Rows.Single(row => row.Path == "no").OutputShapes,
            Is.EqualTo(new[] { new[] { 2, 3 } }));
    }

    [Test]
    public void A_tensor_that_the_model_does_not_do_without_is_asked_for()
    {
        using var model = new Siamese();
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);

        Assert.That(
            () => writer.AddGraph(model, ones(2, 3)),
            Throws.ArgumentException.With.Message.StartsWith(
                "Siamese takes 2 tensors, and some of them are required; got 1."));
    }

    [Test]
    public void A_shared_branch_has_a_node_for_each_input()
    {
        using var model = new Siamese();

        Assert.That(Nodes(GraphOf(model, ones(2, 3), ones(2, 3))), Is.EqualTo(
        [
            "input/0() [2, 3]",
            "input/1() [2, 3]",
            "Siamese/branch(input/0) [2, 3]",
            "Siamese/branch_1(input/1) [2, 3]",
            "output(Siamese/branch, Siamese/branch_1) [2, 3]",
        ]));
    }

    [Test]
    public void The_parts_of_a_transformer_are_rows()
    {
        using var layer = nn.TransformerEncoderLayer(8, 2, 16);
        using var model = nn.TransformerEncoder(layer, 2);

        ModelSummary summary = ModelSummary.Of(model, ones(3, 1, 8));

        Assert.That(summary.Rows.Take(8).Select(row => $"{row.Depth} {row.Path} {row.TypeName} {row.Parameters}"), Is.EqualTo(
        [
            "0  TransformerEncoder 0",
            "1 layers ModuleList 0",
            "2 layers.0 TransformerEncoderLayer 0",
            "3 layers.0.self_attn MultiheadAttention 216",
            "4 layers.0.self_attn.out_proj Linear 72",
            "3 layers.0.linear1 Linear 144",
            "3 layers.0.linear2 Linear 136",
            "3 layers.0.norm1 LayerNorm 16",
        ]));
        Assert.That(summary.Parameters, Is.EqualTo(2 * 600));
    }

    [Test]
    public void A_language_model_leads_from_tokens_to_scores()
    {
        using var model = new LanguageModel();
        Tensor tokens = tensor(new long[] { 3, 1, 4, 1, 5 }).reshape(5, 1);

        Assert.That(Nodes(GraphOf(model, tokens)), Is.EqualTo(
        [
            "input() [5, 1]",
            "LanguageModel/embedding(input) [5, 1, 8]",
            "LanguageModel/positions() [5, 8]",
            "LanguageModel/encoder/layers/0/self_attn(LanguageModel/embedding, LanguageModel/positions) [5, 1, 8]",
            "LanguageModel/encoder/layers/0/norm1(LanguageModel/embedding, LanguageModel/positions, "
                + "LanguageModel/encoder/layers/0/self_attn) [5, 1, 8]",
            "LanguageModel/encoder/layers/0/linear1(LanguageModel/encoder/layers/0/norm1) [5, 1, 16]",
            "LanguageModel/encoder/layers/0/linear2(LanguageModel/encoder/layers/0/linear1) [5, 1, 8]",
            "LanguageModel/encoder/layers/0/norm2(LanguageModel/encoder/layers/0/norm1, "
                + "LanguageModel/encoder/layers/0/linear2) [5, 1, 8]",
            "LanguageModel/encoder(LanguageModel/encoder/layers/0/norm2) [5, 1, 8]",
            "LanguageModel/head(LanguageModel/encoder) [5, 1, 10]",
            "output(LanguageModel/head) [5, 1, 10]",
        ]));
    }

    [Test]
    public void Token_ids_that_were_made_inside_inference_mode()
    {
        using var model = new LanguageModel();
        using IDisposable inference = inference_mode();
        Tensor tokens = tensor(new long[] { 3, 1, 4, 1, 5 }).reshape(5, 1);

        Assert.That(Nodes(GraphOf(model, tokens)), Does.Contain("LanguageModel/embedding(input) [5, 1, 8]"));
    }

    [Test]
    public void Outputs_in_a_dictionary_or_in_properties_are_outputs()
    {
        using var dictionary = new Returning<Dictionary<string, Tensor>>(
            (first, x) => new Dictionary<string, Tensor> { ["a"] = first.call(x), ["b"] = x });
        using var record = new Returning<Pair>((first, x) => new Pair(first.call(x), x));

        foreach (nn.Module model in new nn.Module[] { dictionary, record })
        {
            Assert.That(Nodes(GraphOf(model, ones(2, 3))), Is.EqualTo(
            [
                "input() [2, 3]",
                "Returning/first(input) [2, 3]",
                "output/0(Returning/first) [2, 3]",
                "output/1(input) [2, 3]",
            ]));
        }
    }

    [Test]
    public void Layers_that_are_not_registered_are_named()
    {
        using var nothing = new Forgetful(isRegistered: false);
        using var some = new Forgetful(isRegistered: true);
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        const string Message =
            "Forgetful has no parameters: its field first (Linear) is not registered. Call RegisterComponents()";

        Assert.That(() => ModelSummary.Of(nothing), Throws.ArgumentException.With.Message.StartsWith(Message));
        Assert.That(
            () => writer.AddGraph(nothing, ones(2, 3)), Throws.ArgumentException.With.Message.StartsWith(Message));
        Assert.That(() => writer.Watch(nothing), Throws.ArgumentException.With.Message.StartsWith(Message));
        Assert.That(ModelSummary.Of(some).Unregistered, Is.EqualTo(["others (several modules)"]));
        Assert.That(ModelSummary.Of(some).ToString(), Does.Contain("not registered, not counted: others"));
    }

    [Test]
    public void Calls_of_another_thread_are_not_part_of_the_graph()
    {
        using var model = new Returning<Tensor>((first, x) =>
        {
            Task.Run(() => first.call(ones(7, 3)).Dispose()).Wait();
            return first.call(x);
        });

        Assert.That(Nodes(GraphOf(model, ones(2, 3))), Is.EqualTo(
        [
            "input() [2, 3]",
            "Returning/first(input) [2, 3]",
            "output(Returning/first) [2, 3]",
        ]));
    }

    private static Graph GraphOf(nn.Module model, params Tensor[] inputs) =>
        ModelGraph.Of(ModelTrace.Of(ModelCall.With(model, inputs, nameof(inputs))));

    private static IEnumerable<string> Nodes(Graph graph) => graph.Nodes.Select(node =>
        $"{node.Name}({string.Join(", ", node.Inputs)}) [{string.Join(", ", node.OutputShapes[0]!)}]");

    private sealed record Pair(Tensor First, Tensor Second);

    private sealed class Switched : nn.Module<Tensor, bool, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> yes = nn.Linear(3, 3);
        private readonly nn.Module<Tensor, Tensor> no = nn.Linear(3, 3);

        public Switched()
            : base(nameof(Switched)) => RegisterComponents();

        public override Tensor forward(Tensor input, bool choice = true) => (choice ? yes : no).call(input);
    }

    private sealed class Chosen : nn.Module<Tensor, bool, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> yes = nn.Linear(3, 3);
        private readonly nn.Module<Tensor, Tensor> no = nn.Linear(3, 3);

        public Chosen()
            : base(nameof(Chosen)) => RegisterComponents();

        public override Tensor forward(Tensor input, bool choice) => (choice ? yes : no).call(input);
    }

    private sealed class Siamese : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> branch = nn.Linear(3, 3);

        public Siamese()
            : base(nameof(Siamese)) => RegisterComponents();

        public override Tensor forward(Tensor a, Tensor b) => branch.call(a) - branch.call(b);
    }

    private sealed class LanguageModel : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> embedding = nn.Embedding(10, 8);
        private readonly nn.Module<Tensor, Tensor> positions = nn.Embedding(5, 8);
        private readonly global::TorchSharp.Modules.TransformerEncoder encoder;
        private readonly nn.Module<Tensor, Tensor> head = nn.Linear(8, 10);

        public LanguageModel()
            : base(nameof(LanguageModel))
        {
            using var layer = nn.TransformerEncoderLayer(8, 2, 16);
            encoder = nn.TransformerEncoder(layer, 1);
            RegisterComponents();
        }

        public override Tensor forward(Tensor tokens)
        {
            Tensor x = embedding.call(tokens) + positions.call(arange(tokens.shape[0])).unsqueeze(1);
            return head.call(encoder.call(x));
        }
    }

    private sealed class Returning<TResult> : nn.Module<Tensor, TResult>
    {
        private readonly nn.Module<Tensor, Tensor> first = nn.Linear(3, 3);
        private readonly Func<nn.Module<Tensor, Tensor>, Tensor, TResult> _forward;

        public Returning(Func<nn.Module<Tensor, Tensor>, Tensor, TResult> forward)
            : base("Returning")
        {
            _forward = forward;
            RegisterComponents();
        }

        public override TResult forward(Tensor input) => _forward(first, input);
    }

    private sealed class Forgetful : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> first = nn.Linear(3, 3);
        private readonly nn.Module<Tensor, Tensor>[] others = [nn.Linear(3, 3)];

        public Forgetful(bool isRegistered)
            : base(nameof(Forgetful))
        {
            if (isRegistered)
                RegisterComponents();
        }

        public override Tensor forward(Tensor input) => others[0].call(first.call(input));
    }
}
