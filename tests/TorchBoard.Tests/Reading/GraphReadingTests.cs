using TorchBoard.Graphs;

namespace TorchBoard.Tests.Reading;

internal sealed class GraphReadingTests
{
    private static string Data => Path.Combine(TestContext.CurrentContext.TestDirectory, "TestData");

    [Test]
    public void A_PyTorch_graph_is_read_with_its_shapes_and_edges()
    {
        IReadOnlyList<GraphNode> nodes =
            RunLog.Open(Path.Combine(Data, "pytorch-1.13", "run1")).Graphs.Single().ReadNodes();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(nodes, Has.Count.EqualTo(9));
            Assert.That((nodes[0].Name, nodes[0].Op), Is.EqualTo(("input/input.1", "IO Node")));
            Assert.That(nodes[0].OutputShapes.Single(), Is.EqualTo(new long[] { 1, 4 }));
            Assert.That(nodes[1].Inputs, Is.EqualTo(new[] { "Sequential/Linear[2]/42" }));
            Assert.That(nodes[2].OutputShapes, Is.Empty);
        }
    }

    [Test]
    public void A_graph_reads_back_as_it_was_added()
    {
        using var directory = new TestDirectory();
        var conv = new GraphNode("net/conv", "Conv2d", "input", "^start")
        {
            OutputShapes = [[-1, 8, 6, 6], null],
            Type = TensorType.Half,
            Device = "/device:GPU:0",
            Attributes = new Dictionary<string, AttributeValue>
            {
                ["stride"] = new long[] { 1, 2 },
                ["bias"] = true,
                ["eps"] = 0.5,
                ["mode"] = "same",
                ["to"] = TensorType.Int64,
            },
        };
        using (var writer = new SummaryWriter(directory))
            writer.AddGraph(new GraphBuilder().Add("start", "NoOp").Add("input", "Placeholder").Add(conv).Build());

        GraphNode read = RunLog.Open(directory).Graphs.Single().ReadNodes()[2];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (read.Name, read.Op, read.Type, read.Device), Is.EqualTo((conv.Name, conv.Op, conv.Type, conv.Device)));
            Assert.That(read.Inputs, Is.EqualTo(conv.Inputs));
            Assert.That(read.OutputShapes, Is.EqualTo(conv.OutputShapes));
            Assert.That(
                read.Attributes.OrderBy(attribute => attribute.Key).Select(
                    attribute => $"{attribute.Key}={attribute.Value}"),
                Is.EqualTo(new[] { "bias=true", "eps=0.5", "mode=same", "stride=[1, 2]", "to=Int64" }));
        }
    }

    [Test]
    public void Bytes_that_are_not_a_graph_are_rejected_when_read() =>
        Assert.That(
            () => new LoggedGraph(7, DateTimeOffset.UnixEpoch, new byte[] { 0x0A, 0xFF }).ReadNodes(),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("step 7"));
}
