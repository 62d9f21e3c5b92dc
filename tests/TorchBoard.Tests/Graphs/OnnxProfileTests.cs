using TorchBoard.Graphs;

namespace TorchBoard.Tests.Graphs;

/// <summary>Profiles in the form of ONNX Runtime 1.31; <c>examples/OnnxRuntime</c> reads real ones.</summary>
internal sealed class OnnxProfileTests
{
    [Test]
    public void The_nodes_of_the_run_of_median_duration_have_times_bytes_devices_and_shapes()
    {
        IReadOnlyList<NodeStatistics> nodes = Read(
            Event("Session", "session_initialization", 0, 90),
            Node("fused fc1/Gemm", 110, 500), Run(100, 900),
            Node("fused fc1/Gemm", 1210, 30),
            Node(
                "/fc2/Gemm", 1250, 7, """
                "provider": "CUDAExecutionProvider", "output_size": "40", "output_type_shape": [{"float":[2,5]},{"int64":[]}]
                """),
            Event("Session", "SequentialExecutor::Execute", 1205, 60), Run(1200, 80),
            Node("fused fc1/Gemm", 2010, 3), Run(2000, 10));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(nodes.Select(node => node.Node), Is.EqualTo(["fused_fc1/Gemm", "fc2/Gemm"]));
            Assert.That(nodes.Select(node => node.ComputeTime.TotalMicroseconds), Is.EqualTo([30, 7]));
            Assert.That(nodes.Select(node => node.Start.TotalMicroseconds), Is.EqualTo([10, 50]));
            Assert.That(nodes.Select(node => node.MemoryBytes), Is.EqualTo([0, 40]));
            Assert.That(nodes.Select(node => node.Device), Is.EqualTo(["/device:CPU:0", "/device:GPU:0"]));
            Assert.That(nodes[1].OutputShapes, Is.EqualTo(new long[][] { [2, 5], [] }));
        }
    }

    [Test]
    public void Each_execution_in_a_loop_counts_and_other_times_of_a_node_do_not() => Assert.That(
        Read(Node("body", 1, 2), Node("body", 4, 3), Event("Node", "body_fence_before", 0, 9), Run(0, 10))
            .Select(node => node.ComputeTime.TotalMicroseconds),
        Is.EqualTo([2, 3]));

    [TestCase("", "truncated")]
    [TestCase("[{\"cat\":\"Node\",", "truncated")]
    [TestCase("{}", "not a profile")]
    [TestCase("[1]", "not a profile")]
    [TestCase("[{\"cat\":\"Session\"}]", "not a profile")]
    [TestCase("[{\"cat\":\"Node\",\"name\":\"a_kernel_time\",\"ts\":1,\"dur\":-1,\"args\":{}}]", "negative")]
    [TestCase("[{\"cat\":\"Node\",\"name\":\"a_kernel_time\",\"ts\":1,\"dur\":1,\"args\":{\"output_size\":\"x\"}}]", "not a profile")]
    [TestCase("[]", "no times of nodes")]
    [TestCase("[{\"cat\":\"Session\",\"name\":\"model_run\",\"ts\":0,\"dur\":1}]", "no times of nodes")]
    public void A_file_that_is_no_profile_is_named(string json, string reason)
    {
        using var directory = new TestDirectory();
        string path = Path.Combine(directory, "profile.json");
        File.WriteAllText(path, json);
        using var writer = new SummaryWriter(Path.Combine(directory, "run"));

        Assert.That(
            () => writer.AddOnnxProfile("session", path, 0),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains(path).And.Message.Contains(reason));
    }

    private static string Run(long start, long microseconds) => Event("Session", "model_run", start, microseconds);

    private static string Node(string name, long start, long microseconds, string arguments = "") =>
        Event("Node", name + "_kernel_time", start, microseconds, arguments);

    private static string Event(string category, string name, long start, long microseconds, string arguments = "") =>
        $$"""{ "cat" : "{{category}}","pid" :1,"tid" :1,"dur" :{{microseconds}},"ts" :{{start}},"ph" : "X","name" :"{{name}}","args" : { {{arguments}} } }""";

    private static IReadOnlyList<NodeStatistics> Read(params string[] events)
    {
        using var directory = new TestDirectory();
        string path = Path.Combine(directory, "profile.json");
        File.WriteAllText(path, $"[\n{string.Join(",\n", events)}\n]\n");
        return OnnxProfile.Read(path);
    }
}
