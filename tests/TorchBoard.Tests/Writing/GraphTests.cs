using System.Text.Json;
using TorchBoard.Graphs;
using TorchBoard.Protos;

namespace TorchBoard.Tests.Writing;

internal sealed class GraphTests
{
    [Test]
    public void A_graph_is_an_event_with_ops_inputs_shapes_and_attributes()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddGraph(new GraphBuilder()
                .Add(new GraphNode("in", "Placeholder") { OutputShapes = [[-1, 3], null], Type = TensorType.Single })
                .Add(new GraphNode("layer/conv", "Conv2d", "in", "in:1", "^in")
                {
                    Device = "/device:GPU:0",
                    Attributes = new Dictionary<string, AttributeValue>
                    {
                        ["stride"] = 2L,
                        ["scale"] = 0.5,
                        ["bias"] = true,
                        ["padding"] = "same",
                        ["kernel"] = new long[] { 3, 3 },
                        ["of"] = TensorType.SByte,
                        ["names"] = new[] { "a", "b" },
                        ["long"] = new float[1000],
                    },
                })
                .Build());
        }

        GraphDef graph = GraphDef.Parser.ParseFrom(WrittenEvents.InRun(directory)[1].GraphDef);
        NodeDef input = graph.Node[0];
        NodeDef conv = graph.Node[1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That((conv.Name, conv.Op, conv.Device), Is.EqualTo(("layer/conv", "Conv2d", "/device:GPU:0")));
            Assert.That(conv.Input, Is.EqualTo(new[] { "in", "in:1", "^in" }));
            Assert.That(
                input.Attr["_output_shapes"].List.Shape[0].Dim.Select(dim => dim.Size), Is.EqualTo(new[] { -1, 3 }));
            Assert.That(input.Attr["_output_shapes"].List.Shape[1].UnknownRank, Is.True);
            Assert.That(input.Attr["dtype"].Type, Is.EqualTo(DataType.DtFloat));
            Assert.That(conv.Attr["stride"].I, Is.EqualTo(2));
            Assert.That(conv.Attr["scale"].F, Is.EqualTo(0.5f));
            Assert.That(conv.Attr["bias"].B, Is.True);
            Assert.That(conv.Attr["padding"].S.ToStringUtf8(), Is.EqualTo("same"));
            Assert.That(conv.Attr["kernel"].List.I, Is.EqualTo(new long[] { 3, 3 }));
            Assert.That(conv.Attr["of"].Type, Is.EqualTo(DataType.DtInt8));
            Assert.That(conv.Attr["names"].List.S.Select(s => s.ToStringUtf8()), Is.EqualTo(new[] { "a", "b" }));
            Assert.That(conv.Attr["long"].List.F, Has.Count.EqualTo(64), "cut short");
        }
    }

    [Test]
    public void Five_hundred_nodes_take_less_than_200_KB()
    {
        using var directory = new TestDirectory();
        var builder = new GraphBuilder().Add("encoder/block/layer0", "Placeholder");
        for (int i = 1; i < 500; i++)
        {
            builder.Add(new GraphNode($"encoder/block/layer{i}", "Conv2d", $"encoder/block/layer{i - 1}")
            {
                OutputShapes = [[-1, 64, 224, 224]],
                Type = TensorType.Single,
                Device = "/device:GPU:0",
                Attributes = new Dictionary<string, AttributeValue>
                {
                    ["kernel_size"] = new long[] { 3, 3 },
                    ["stride"] = new long[] { 1, 1 },
                    ["padding_mode"] = "zeros",
                },
            });
        }

        using (var writer = new SummaryWriter(directory))
            writer.AddGraph(builder.Build());
        Assert.That(new FileInfo(directory.EventFiles()[0]).Length, Is.LessThan(200_000));
    }

    [Test]
    public void An_ONNX_file_becomes_the_graph()
    {
        using var directory = new TestDirectory();
        string path = Path.Combine(TestContext.CurrentContext.TestDirectory, "TestData", "onnx", "conv.onnx");
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddOnnxGraph(path);
            using FileStream stream = File.OpenRead(path);
            writer.AddOnnxGraph(stream);
            Assert.That(
                () => writer.AddOnnxGraph(stream), Throws.InstanceOf<InvalidDataException>(), "nothing is left in it");
        }

        List<Event> events = WrittenEvents.InRun(directory);
        Assert.That(events, Has.Count.EqualTo(3));
        Assert.That(GraphDef.Parser.ParseFrom(events[1].GraphDef).Node, Has.Count.EqualTo(4));
        Assert.That(
            events[1].GraphDef, Is.EqualTo(events[2].GraphDef).And.Length.LessThan(1000), "7 KB of weights stay out");
    }

    [Test]
    public void Run_metadata_has_time_and_memory_of_each_node_by_device()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddRunMetadata(
                "step 3",
                [
                    new NodeStatistics("a", TimeSpan.FromMicroseconds(12.5), 4096)
                    {
                        Start = TimeSpan.FromMilliseconds(1), OutputShapes = [[32, 10]],
                    },
                    new NodeStatistics("b", TimeSpan.Zero) { Device = "/device:GPU:0" },
                ],
                3);
        }

        Event e = WrittenEvents.InRun(directory)[1];
        StepStats steps = RunMetadata.Parser.ParseFrom(e.TaggedRunMetadata.RunMetadata).StepStats;
        NodeExecStats a = steps.DevStats[0].NodeStats.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((e.Step, e.TaggedRunMetadata.Tag), Is.EqualTo((3, "step 3")));
            Assert.That(
                steps.DevStats.Select(device => device.Device), Is.EqualTo(new[] { "/device:CPU:0", "/device:GPU:0" }));
            Assert.That((a.NodeName, a.AllStartMicros, a.AllEndRelMicros), Is.EqualTo(("a", 1000, 13)));
            Assert.That(a.Memory.Single().TotalBytes, Is.EqualTo(4096));
            Assert.That(
                a.Output.Single().TensorDescription.Shape.Dim.Select(dim => dim.Size), Is.EqualTo(new[] { 32, 10 }));
        }
    }

    [Test]
    public void Layers_become_a_functional_Keras_model()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddConceptualGraph("net", [new("in", "InputLayer"), new("block/fc", "Linear", "in")], 0, "digits");

        Summary.Types.Value value = WrittenEvents.Single(directory, "net");
        using JsonDocument json = JsonDocument.Parse(value.Tensor.StringVal.Single().ToStringUtf8());
        JsonElement config = json.RootElement.GetProperty("config");
        JsonElement layer = config.GetProperty("layers")[1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(value.Metadata.PluginData.PluginName, Is.EqualTo("graph_keras_model"));
            Assert.That(value.Metadata.PluginData.Content.ToStringUtf8(), Is.EqualTo("1"));
            Assert.That(config.GetProperty("name").GetString(), Is.EqualTo("digits"));
            Assert.That(layer.GetProperty("class_name").GetString(), Is.EqualTo("Linear"));
            Assert.That(layer.GetProperty("config").GetProperty("name").GetString(), Is.EqualTo("block/fc"));
            Assert.That(
                layer.GetProperty("inbound_nodes")[0]
                    .GetProperty("args")[0]
                    .GetProperty("config")
                    .GetProperty("keras_history")[0]
                    .GetString(),
                Is.EqualTo("in"));
            Assert.That(config.GetProperty("output_layers")[0][0].GetString(), Is.EqualTo("block/fc"));
        }
    }

    [TestCase(TensorType.Single, "float32")]
    [TestCase(TensorType.Half, "float16")]
    [TestCase(TensorType.BFloat16, "bfloat16")]
    [TestCase(TensorType.Byte, "uint8")]
    [TestCase(TensorType.SByte, "int8")]
    [TestCase(TensorType.Int64, "int64")]
    [TestCase(TensorType.Boolean, "bool")]
    [TestCase(TensorType.Unknown, null)]
    public void Layer_types_have_their_names_in_Keras(TensorType type, string? name)
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddConceptualGraph("net", [new("in", "InputLayer") { Type = type }], 0);

        using var json =
            JsonDocument.Parse(WrittenEvents.Single(directory, "net").Tensor.StringVal.Single().ToStringUtf8());
        JsonElement layer = json.RootElement.GetProperty("config").GetProperty("layers")[0].GetProperty("config");
        Assert.That(
            layer.TryGetProperty("dtype", out JsonElement written) ? written.GetString() : null, Is.EqualTo(name));
    }

    [Test]
    public void Layers_are_the_graph_of_a_run_without_another_graph()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(Path.Combine(directory, "without")))
            writer.AddConceptualGraph("net", [new("in", "InputLayer"), new("fc", "Linear", "in")], 0);
        using (var writer = new SummaryWriter(Path.Combine(directory, "with")))
        {
            writer.AddGraph(new GraphBuilder().Add("own", "Op").Build());
            writer.AddConceptualGraph("net", [new("in", "InputLayer")], 0);
        }

        Assert.That(NamesIn("without"), Is.EqualTo(new[] { "in", "fc" }));
        Assert.That(NamesIn("with"), Is.EqualTo(new[] { "own" }));

        IEnumerable<string> NamesIn(string run) => GraphDef.Parser
            .ParseFrom(WrittenEvents.InRun(Path.Combine(directory, run)).Last(e => !e.GraphDef.IsEmpty).GraphDef)
            .Node.Select(node => node.Name);
    }

    [Test]
    public void A_Keras_model_is_written_unchanged()
    {
        const string json = """{"class_name":"Sequential","config":{"name":"s","layers":[{"class_name":"Dense","config":{"name":"d"}}]}}""";
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddKerasModel("keras", json, 0);
        Assert.That(
            WrittenEvents.Single(directory, "keras").Tensor.StringVal.Single().ToStringUtf8(), Is.EqualTo(json));
    }

    [Test]
    public void Invalid_arguments_are_rejected_by_name()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        using (Assert.EnterMultipleScope())
        {
            AssertRefused("graph", "", () => writer.AddGraph(null!));
            AssertRefused("statistics", "none", () => writer.AddRunMetadata("t", [], 0));
            AssertRefused(
                "statistics", "'a'", () => writer.AddRunMetadata("t", [new("a", TimeSpan.FromSeconds(-1))], 0));
            AssertRefused("statistics", "'a'", () => writer.AddRunMetadata("t", [new("a", TimeSpan.Zero, -1)], 0));
            AssertRefused("statistics", "name", () => writer.AddRunMetadata("t", [new("", TimeSpan.Zero)], 0));
            AssertRefused("tag", "", () => writer.AddRunMetadata("", [new("a", TimeSpan.Zero)], 0));
            AssertRefused("layers", "at least one node", () => writer.AddConceptualGraph("t", [], 0));
            AssertRefused("layers", "'b'", () => writer.AddConceptualGraph("t", [new("a", "A", "b")], 0));
            AssertRefused("layers", "cycle", () => writer.AddConceptualGraph("t", [new("a", "A", "a")], 0));
            AssertRefused("layers", "'b:1'", () => writer.AddConceptualGraph("t", [new("a", "A", "b:1")], 0));
            AssertRefused("layers", "ASCII", () => writer.AddConceptualGraph("t", [new("a", "Größe")], 0));
            AssertRefused("layers", "'a'", () => writer.AddConceptualGraph("t", [new("a", "A"), new("a", "A")], 0));
            AssertRefused("modelName", "'a b'", () => writer.AddConceptualGraph("t", [new("a", "A")], 0, "a b"));
            AssertRefused("json", "not valid JSON", () => writer.AddKerasModel("t", "{", 0));
            AssertRefused("json", "config", () => writer.AddKerasModel("t", "[]", 0));
            AssertRefused("json", "layers", () => writer.AddKerasModel("t", """{"config":{"name":"m"}}""", 0));
            AssertRefused("json", "layer of 'm'", () => writer.AddKerasModel("t", """{"config":{"name":"m","layers":[{}]}}""", 0));
        }

        Assert.That(WrittenEvents.InRun(directory), Has.Count.EqualTo(1));
    }

    private static void AssertRefused(string argument, string message, Action call) => Assert.That(
        call,
        Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo(argument)
            .And.Message.Contains(message));
}
