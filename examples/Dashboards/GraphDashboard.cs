using System.Diagnostics;
using System.Numerics.Tensors;
using TorchBoard;
using TorchBoard.Graphs;

namespace Dashboards;

/// <summary>
/// Logs a perceptron as a graph of operations, with the time and memory of each, and as a graph of layers. An ONNX file
/// has a run of its own, because a run has one graph.
/// </summary>
internal static class GraphDashboard
{
    private const int Batch = 64;
    private static readonly int[] Widths = [64, 256, 256, 10];

    public static void Write(SummaryWriter writer)
    {
        writer.AddGraph(Operations());
        writer.AddRunMetadata("forward pass", Measured(), 0);
        writer.AddConceptualGraph("layers", Layers(), 0, "perceptron");
    }

    public static void WriteOnnx(SummaryWriter writer)
    {
        using Stream onnx = typeof(GraphDashboard).Assembly.GetManifestResourceStream("layer-normalization.onnx")
            ?? throw new InvalidOperationException("The embedded data, layer-normalization.onnx, is missing.");
        writer.AddOnnxGraph(onnx);
    }

    private static Graph Operations()
    {
        var builder = new GraphBuilder();
        builder.Add(Node("image", "Placeholder", [-1, Widths[0]]));
        string last = "image";
        for (int layer = 1; layer < Widths.Length; layer++)
        {
            string scope = $"layer{layer}";
            builder.Add(Node($"{scope}/weight", "Const", [Widths[layer - 1], Widths[layer]]));
            builder.Add(Node($"{scope}/bias", "Const", [Widths[layer]]));
            builder.Add(Node($"{scope}/matmul", "MatMul", [-1, Widths[layer]], last, $"{scope}/weight"));
            builder.Add(Node($"{scope}/add", "Add", [-1, Widths[layer]], $"{scope}/matmul", $"{scope}/bias"));
            last = $"{scope}/{Activation(layer)}";
            builder.Add(Node(last, Activation(layer), [-1, Widths[layer]], $"{scope}/add"));
        }

        return builder.Build();
    }

    // The same pass, computed with random numbers and timed per operation.
    private static List<NodeStatistics> Measured()
    {
        var random = new Random(1);
        var statistics = new List<NodeStatistics>();
        long begin = Stopwatch.GetTimestamp();
        float[] activations = Numbers(random, Batch * Widths[0]);
        for (int layer = 1; layer < Widths.Length; layer++)
        {
            (int from, int to) = (Widths[layer - 1], Widths[layer]);
            float[] weights = Numbers(random, from * to);
            float[] bias = Numbers(random, to);
            float[] input = activations;
            float[] output = new float[Batch * to];
            Time($"layer{layer}/matmul", () =>
            {
                for (int i = 0; i < output.Length; i++)
                {
                    output[i] = TensorPrimitives.Dot<float>(
                        input.AsSpan(i / to * from, from), weights.AsSpan(i % to * from, from));
                }
            });
            Time($"layer{layer}/add", () =>
            {
                for (int row = 0; row < Batch; row++)
                    TensorPrimitives.Add(output.AsSpan(row * to, to), bias, output.AsSpan(row * to, to));
            });
            Time($"layer{layer}/{Activation(layer)}", () =>
            {
                if (layer < Widths.Length - 1)
                    TensorPrimitives.Max(output, 0f, output);
                else
                    TensorPrimitives.SoftMax(output, output);
            });
            activations = output;

            void Time(string node, Action operation)
            {
                TimeSpan start = Stopwatch.GetElapsedTime(begin);
                operation();
                statistics.Add(
                    new NodeStatistics(node, Stopwatch.GetElapsedTime(begin) - start, sizeof(float) * output.LongLength)
                    {
                        Start = start,
                        OutputShapes = [[Batch, to]],
                    });
            }
        }

        return statistics;
    }

    private static ModelLayer[] Layers() =>
    [
        new("image", "InputLayer"),
        new("layer1", "Linear", "image"), new("relu1", "ReLU", "layer1"),
        new("layer2", "Linear", "relu1"), new("relu2", "ReLU", "layer2"),
        new("layer3", "Linear", "relu2"), new("softmax", "Softmax", "layer3"),
    ];

    private static string Activation(int layer) => layer < Widths.Length - 1 ? "Relu" : "Softmax";

    private static GraphNode Node(string name, string op, long[] shape, params string[] inputs) =>
        new(name, op, inputs) { OutputShapes = [shape], Type = TensorType.Single };

    private static float[] Numbers(Random random, int count)
    {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++)
            numbers[i] = (random.NextSingle() - 0.5f) / 8;
        return numbers;
    }
}
