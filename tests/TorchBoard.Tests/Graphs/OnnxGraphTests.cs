using Google.Protobuf;
using TorchBoard.Graphs;
using Onnx = TorchBoard.Protos.Onnx;

namespace TorchBoard.Tests.Graphs;

internal sealed class OnnxGraphTests
{
    [Test]
    public void An_export_of_PyTorch_has_its_convolution_weights_and_shapes()
    {
        Graph graph = OnnxGraph.Read(PathOf("conv"));

        GraphNode conv = graph.Nodes.Single(node => node.Op == "Conv");
        GraphNode input = graph.Nodes.Single(node => node.Op == "Placeholder");
        GraphNode weight = graph.Nodes.Single(node => node.Op == "Const");
        GraphNode output = graph.Nodes.Single(node => node.Op == "Output");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(conv.Inputs, Is.EqualTo(new[] { input.Name, weight.Name }));
            Assert.That(output.Inputs, Is.EqualTo(new[] { conv.Name }));
            Assert.That(input.OutputShapes.Single(), Is.EqualTo(new long[] { 20, 16, 50, 40 }));
            Assert.That(weight.OutputShapes.Single(), Is.EqualTo(new long[] { 13, 16, 3, 3 }));
            Assert.That(weight.Type, Is.EqualTo(TensorType.Single));
            Assert.That(conv.OutputShapes.Single(), Is.EqualTo(new long[] { 20, 13, 48, 38 }));
            Assert.That(conv.Attributes["kernel_shape"].ToAttrValue().List.I, Is.EqualTo(new long[] { 3, 3 }));
        }
    }

    [TestCase("loop", "Loop")]
    [TestCase("if", "If")]
    public void The_body_of_a_loop_or_condition_is_inside_its_node(string name, string op)
    {
        Graph graph = OnnxGraph.Read(PathOf(name));
        GraphNode owner = graph.Nodes.Single(node => node.Op == op);
        Assert.That(
            graph.Nodes.Count(node => node.Name.StartsWith(owner.Name + "/", StringComparison.Ordinal)),
            Is.GreaterThan(2));
    }

    [Test]
    public void Constants_keep_type_and_shape_only()
    {
        Graph graph = OnnxGraph.Read(PathOf("layer-normalization"));
        Assert.That(graph.Nodes, Has.Count.EqualTo(36));
        foreach (GraphNode constant in graph.Nodes.Where(node => node.Op == "Const"))
            Assert.That(constant.Type, Is.Not.EqualTo(TensorType.Unknown));
    }

    [Test]
    public void Names_are_made_valid_unique_and_nested()
    {
        Onnx.ModelProto model = Model(
            new Onnx.NodeProto { OpType = "Relu", Name = "/layer1/Relu", Input = { "x" }, Output = { "y" } },
            new Onnx.NodeProto { OpType = "Relu", Input = { "y" }, Output = { "z" } },
            new Onnx.NodeProto { OpType = "Relu", Input = { "z", "" }, Output = { "größe 1" } },
            new Onnx.NodeProto
            {
                OpType = "Gemm",
                Name = "/layer1/Gemm",
                Input = { "größe 1", "w" },
                Output = { "", "out" }
            });
        model.Graph.Input.Add(new Onnx.ValueInfoProto { Name = "x" });
        model.Graph.Initializer.Add(new Onnx.TensorProto { Name = "w", Dims = { 2, 3 }, DataType = 10 });
        model.Graph.Output.Add(new Onnx.ValueInfoProto { Name = "out" });

        Graph graph = OnnxGraph.Read(new MemoryStream(model.ToByteArray()));

        Assert.That(
            graph.Nodes.Select(node => $"{node.Name}({string.Join(",", node.Inputs)})"),
            Is.EqualTo(new[]
            {
                "layer1/w()", "x()", "layer1/Relu(x)", "Relu(layer1/Relu)", "Relu_1(Relu)",
                "layer1/Gemm(Relu_1,layer1/w)",
                "out(layer1/Gemm:1)",
            }));
    }

    [Test]
    public void Weights_are_skipped_and_never_loaded()
    {
        const int weights = 64 << 20;
        byte[] head = Model(new Onnx.NodeProto { OpType = "Relu" }).ToByteArray();
        // A graph with one initializer with raw data of that length: field 7, inside it field 5, inside it field 9.
        byte[] raw = Field(9, weights);
        byte[] initializer = Field(5, raw.Length + weights);
        byte[] graph = Field(7, initializer.Length + raw.Length + weights);
        using var file = new ZeroTailedStream([.. head, .. graph, .. initializer, .. raw], weights);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Graph read = OnnxGraph.Read(file);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(read.Nodes.Select(node => node.Op), Is.EqualTo(new[] { "Const", "Relu" }));
        Assert.That(allocated, Is.LessThan(1 << 20));
    }

    [TestCase("conv")]
    [TestCase("loop")]
    [TestCase("if")]
    public void A_file_truncated_anywhere_is_refused(string name)
    {
        byte[] whole = File.ReadAllBytes(PathOf(name));
        for (int length = 0; length < whole.Length; length += length < 1000 ? 1 : 97)
        {
            using var cut = new MemoryStream(whole, 0, length);
            Assert.That(
                () => OnnxGraph.Read(cut), Throws.InstanceOf<InvalidDataException>(),
                $"{length} of {whole.Length} bytes");
        }
    }

    [Test]
    public void Other_files_are_refused_by_name()
    {
        using var directory = new TestDirectory();
        string path = Path.Combine(directory, "picture.onnx");
        File.WriteAllBytes(path, [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => OnnxGraph.Read(path),
                Throws.InstanceOf<InvalidDataException>().With.Message.Contains("picture.onnx"));
            Assert.That(() => OnnxGraph.Read(new MemoryStream()), Throws.InstanceOf<InvalidDataException>());
            Assert.That(
                () => OnnxGraph.Read(new MemoryStream([.. "just text"u8])), Throws.InstanceOf<InvalidDataException>());
            Assert.That(
                () => OnnxGraph.Read(Path.Combine(directory, "none.onnx")), Throws.InstanceOf<FileNotFoundException>());
            Assert.That(() => OnnxGraph.Read(""), Throws.ArgumentException);
        }
    }

    [Test]
    public void Damaged_files_cause_no_error_other_than_refusal()
    {
        byte[] whole = File.ReadAllBytes(PathOf("loop"));
        var random = new Random(7);
        for (int attempt = 0; attempt < 2000; attempt++)
        {
            byte[] damaged = [.. whole];
            for (int n = random.Next(1, 4); n > 0; n--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                Assert.That(OnnxGraph.Read(new MemoryStream(damaged)).Nodes, Is.Not.Empty);
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Test]
    public void A_tensor_without_a_source_is_reported()
    {
        byte[] model = Model(new Onnx.NodeProto { OpType = "Relu", Input = { "nowhere" } }).ToByteArray();
        Assert.That(
            () => OnnxGraph.Read(new MemoryStream(model)),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("'nowhere'"));
    }

    private static string PathOf(string name) =>
        Path.Combine(TestContext.CurrentContext.TestDirectory, "TestData", "onnx", $"{name}.onnx");

    private static Onnx.ModelProto Model(params Onnx.NodeProto[] nodes) => new()
    {
        IrVersion = 8,
        OpsetImport = { new Onnx.OperatorSetIdProto { Version = 17 } },
        Graph = new Onnx.GraphProto { Node = { nodes } },
    };

    // The key and the length of a field of bytes.
    private static byte[] Field(int number, int length)
    {
        var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            output.WriteTag(number, WireFormat.WireType.LengthDelimited);
            output.WriteLength(length);
        }

        return bytes.ToArray();
    }

    /// <summary>A stream of bytes followed by zeros that use no memory.</summary>
    private sealed class ZeroTailedStream(byte[] head, long zeros) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => head.Length + zeros;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            count = (int)Math.Min(count, Length - Position);
            for (int i = 0; i < count; i++, Position++)
                buffer[offset + i] = Position < head.Length ? head[Position] : (byte)0;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
