using System.Text.Json.Nodes;
using Google.Protobuf;
using TorchBoard.Graphs;
using TorchBoard.Protos;

namespace TorchBoard.Server.Tests.Http.Kinds;

/// <summary>Conceptual graphs, which are Keras models in JSON: layers with what goes into them.</summary>
internal sealed class KerasGraphTests
{
    [Test]
    public async Task A_conceptual_graph_is_listed_and_read_as_a_graph()
    {
        await using KindPage page = await KindPage.StartAsync(writer =>
        {
            writer.AddRunMetadata("batch", [new NodeStatistics("op", TimeSpan.FromMicroseconds(250), 4096)], 1);
            writer.AddConceptualGraph(
                "layers", [new("image", "InputLayer"), new("hidden", "Dense", "image"), new("sum", "Add", "image", "hidden")], 0, "net");
        });

        JsonNode graph = await page.GetAsync("/api/graph?run=1&tag=layers");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await page.TagsAsync(), Is.EqualTo(["graph:__run_graph__", "graph:layers"]));
            Assert.That(
                graph["nodes"]![2]!.ToJsonString(),
                Is.EqualTo("""{"name":"net/sum","op":"Add","inputs":["net/image","net/hidden"],"type":"float32"}"""));
            Assert.That(graph["statistics"]!.AsArray(), Is.Empty, "the times are those of operations");
        }
    }

    private const string Keras3 =
        """
        {"class_name":"Functional","config":{"name":"outer","layers":[
          {"class_name":"InputLayer","config":{"batch_shape":[null,28,28,1],"dtype":"float32","name":"image"},"name":"image","inbound_nodes":[]},
          {"class_name":"InputLayer","config":{"batch_shape":[null,4],"name":"extra"},"inbound_nodes":[]},
          {"class_name":"Functional","config":{"name":"inner","layers":[
              {"class_name":"InputLayer","config":{"name":"a"},"inbound_nodes":[]},
              {"class_name":"InputLayer","config":{"name":"b"},"inbound_nodes":[]},
              {"class_name":"Dense","config":{"name":"left","units":8,"activation":"relu","use_bias":true,
                 "dtype":{"class_name":"DTypePolicy","config":{"name":"mixed_float16"}},"kernel_initializer":{"config":{}}},
               "inbound_nodes":[{"args":[{"class_name":"__keras_tensor__","config":{"keras_history":["a",0,0]}}],"kwargs":{}}]},
              {"class_name":"Conv2D","config":{"name":"right","kernel_size":[3,3]},
               "inbound_nodes":[{"args":[{"class_name":"__keras_tensor__","config":{"keras_history":["b",0,0]}}],"kwargs":{}}]}],
            "input_layers":[["a",0,0],["b",0,0]],"output_layers":[["left",0,0],["right",0,0]]},
           "inbound_nodes":[{"args":[[{"class_name":"__keras_tensor__","config":{"keras_history":["image",0,0]}},
                                      {"class_name":"__keras_tensor__","config":{"keras_history":["extra",0,0]}}]],"kwargs":{}}]},
          {"class_name":"Sequential","config":{"name":"tail","layers":[
              {"class_name":"Dense","config":{"name":"one"}},{"class_name":"Dense","config":{"name":"two"}}]},
           "inbound_nodes":[{"args":[{"class_name":"__keras_tensor__","config":{"keras_history":["inner",1,1]}}],"kwargs":{}}]},
          {"class_name":"Add","config":{"name":"sum"},
           "inbound_nodes":[{"args":[],"kwargs":{"values":[{"config":{"keras_history":["tail",1,0]}},{"config":{"keras_history":["inner",1,0]}}]}}]}],
        "input_layers":[["image",0,0],["extra",0,0]],"output_layers":["sum",0,0]}}
        """;

    [Test]
    public async Task Nested_models_of_Keras_3_are_joined_through_their_inputs_and_outputs()
    {
        JsonNode graph = await GraphOfAsync(Keras3);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                EdgesOf(graph),
                Is.EqualTo((string[])
                [
                    "outer/image", "outer/extra", "outer/inner/a < outer/image", "outer/inner/b < outer/extra",
                    "outer/inner/left < outer/inner/a", "outer/inner/right < outer/inner/b", "outer/tail/one < outer/inner/right",
                    "outer/tail/two < outer/tail/one", "outer/sum < outer/tail/two + outer/inner/left",
                ]));
            Assert.That((string)graph["nodes"]![0]!["shapes"]![0]!, Is.EqualTo("?×28×28×1"));
            Assert.That(
                graph["nodes"]![4]!.ToJsonString(),
                Does.Contain("\"type\":\"mixed_float16\"").And.Contain("""["units","8"],["activation","relu"],["use_bias","true"]]"""));
            Assert.That(graph["nodes"]![5]!["attributes"]!.ToJsonString(), Is.EqualTo("""[["kernel_size","3, 3"]]"""));
        }
    }

    [Test]
    public async Task The_layers_of_a_sequential_model_follow_one_another()
    {
        JsonNode graph = await GraphOfAsync(
            """
            {"class_name":"Sequential","config":{"name":"s","layers":[
              {"class_name":"InputLayer","config":{"name":"in","batch_input_shape":[null,8]}},
              {"class_name":"Sequential","config":{"name":"block","layers":[{"class_name":"Dense","config":{"name":"d"}},{"class_name":"ReLU","config":{"name":"r"}}]}},
              {"class_name":"Dense","config":{"name":"out"}}]}}
            """);
        Assert.That(EdgesOf(graph), Is.EqualTo(["s/in", "s/block/d < s/in", "s/block/r < s/block/d", "s/out < s/block/r"]));
    }

    [Test]
    public async Task Models_of_Keras_2_have_edges_too()
    {
        JsonNode graph = await GraphOfAsync(
            """
            {"class_name":"Model","config":{"name":"m","layers":[
              {"name":"x","class_name":"InputLayer","config":{"name":"x"},"inbound_nodes":[]},
              {"name":"d","class_name":"Dense","config":{"name":"d"},"inbound_nodes":[[["x",0,0,{}]]]},
              {"name":"c","class_name":"Concatenate","config":{"name":"c"},"inbound_nodes":[[["x",0,0,{}],["d",0,0,{}]]]}],
            "input_layers":[["x",0,0]],"output_layers":[["c",0,0]]}}
            """);
        Assert.That(EdgesOf(graph), Is.EqualTo(["m/x", "m/d < m/x", "m/c < m/x + m/d"]));
    }

    // Written by other programs: TorchBoard's writer refuses most of them.
    [TestCase("not JSON", 415)]
    [TestCase("[]", 415)]
    [TestCase("""{"config":{"name":"m","layers":[]}}""", 200)]
    [TestCase("""{"config":{"name":"m","layers":[1,null,{"config":{"name":"a"},"inbound_nodes":[[["a",99999999999,-3.5]],7,{"config":{"keras_history":[]}}]}]}}""", 200)]
    [TestCase("""{"config":{"name":"m","layers":[{"config":{"name":"m2","layers":[{"config":{"name":"a"}}],"output_layers":[["m2",0,0]]}},{"config":{"name":"b"}}],"output_layers":[["m",0,0]]}}""", 200)]
    public async Task A_malformed_model_is_shown_as_far_as_it_is_understood_or_refused(string json, int status)
    {
        await using KindPage page = await KindPage.StartInAsync(directory => RawEvents.Write(
            directory,
            RawEvents.Value(
                0, "model", new TensorProto { Dtype = DataType.DtString, TensorShape = RawEvents.Shape(), StringVal = { ByteString.CopyFromUtf8(json) } },
                "graph_keras_model", DataClass.BlobSequence)));
        if (status == 200)
        {
            Assert.That(EdgesOf(await page.GetAsync("/api/graph?run=1&tag=model")), Is.Not.Empty);
            return;
        }

        (int refused, string message) = await page.RefusedAsync("/api/graph?run=1&tag=model");
        Assert.That(refused, Is.EqualTo(status));
        Assert.That(message, Does.Contain("Keras"));
    }

    private static async Task<JsonNode> GraphOfAsync(string json)
    {
        await using KindPage page = await KindPage.StartAsync(writer => writer.AddKerasModel("model", json, 0));
        return await page.GetAsync("/api/graph?run=1&tag=model");
    }

    private static string[] EdgesOf(JsonNode graph) =>
    [
        .. graph["nodes"]!.AsArray().Select(node => node!["inputs"] is { } inputs
            ? $"{node["name"]} < {string.Join(" + ", inputs.AsArray())}"
            : (string)node["name"]!),
    ];
}
