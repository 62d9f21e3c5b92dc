using System.Diagnostics;
using System.Runtime.InteropServices;
using TorchBoard.Histograms;
using TorchBoard.Watching;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Devices;

/// <summary>Values of a CUDA device: the same as on the CPU, and no call waits for the device.</summary>
[RequiresCuda]
[NonParallelizable]
internal sealed class CudaValueTests : TensorFixture
{
    private static readonly ScalarType[] Types =
    [
        ScalarType.Float32, ScalarType.Float64, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Byte,
        ScalarType.Int8, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64, ScalarType.Bool,
    ];

    [Test]
    public void A_scalar_of_any_type_is_read_back([ValueSource(nameof(Types))] ScalarType type)
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            for (int step = 0; step < 3000; step++)
                writer.AddScalar("x", tensor(step % 100, ScalarType.Int64).reshape(1, 1).to_type(type).cuda(), step);
        }

        double[] expected = [.. Enumerable.Range(0, 3000)
            .Select(step => type == ScalarType.Bool ? Math.Min(step % 100, 1) : (double)(step % 100))];
        Assert.That(RunLog.Open(directory).Scalars["x"].Values.ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void A_value_that_changes_afterwards_is_logged_as_it_was()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            Tensor running = zeros(1, device: CUDA);
            for (int step = 0; step < 2000; step++)
                writer.AddScalar("x", running.add_(1), step);
        }

        double[] expected = [.. Enumerable.Range(1, 2000).Select(i => (double)i)];
        Assert.That(RunLog.Open(directory).Scalars["x"].Values.ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void The_counts_are_those_of_the_CPU([ValueSource(nameof(Types))] ScalarType type)
    {
        Generator generator = manual_seed(1);
        Tensor scales = pow(tensor(10.0), (rand(100_000, ScalarType.Float64, generator: generator) * 20) - 10);
        Tensor values = randn(100_000, ScalarType.Float64, generator: generator) * scales;
        if (!TensorArgument.IsFloatingPoint(type))
            values = values.clamp(type == ScalarType.Byte ? 0 : -128, 127);
        values = values.to_type(type);
        AssertSame(values, $"{type}");
        AssertSame(values.reshape(100, 1000).t(), $"{type}, transposed");
    }

    [Test]
    public void The_edges_and_their_neighbors_are_counted_as_on_the_CPU()
    {
        double[] edges = HistogramCounter.Edges.ToArray();
        AssertSame(
            tensor((double[])
            [
                .. edges, .. edges.Select(Math.BitIncrement), .. edges.Select(Math.BitDecrement), 1e300, -0.0, double.NaN,
            ]),
            "doubles");
        float[] singles = HistogramCounter.SingleEdges.ToArray();
        AssertSame(
            tensor((float[])
            [
                .. singles, .. singles.Select(MathF.BitIncrement), .. singles.Select(MathF.BitDecrement), float.Epsilon,
                -0f, float.NegativeInfinity,
            ]),
            "floats");
    }

    [Test]
    public void No_call_waits_for_the_device()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(
            directory, new SummaryWriterOptions { FlushInterval = Timeout.InfiniteTimeSpan });
        using var model = nn.Linear(1000, 1000);
        model.cuda();
        using ModelWatch watch = writer.Watch(model, new() { Interval = 1 });
        Tensor input = randn(10, 1000, device: CUDA);

        // The first calls load kernels, which waits.
        Tensor matrix = randn(8192, 8192, device: CUDA);
        model.call(input).sum().backward();
        AddAll(0);
        cuda.synchronize();
        for (int i = 0; i < 20; i++)
            matrix = matrix.matmul(matrix).clamp(-1, 1);
        model.call(input).sum().backward();
        long start = Stopwatch.GetTimestamp();
        AddAll(1);
        TimeSpan calls = Stopwatch.GetElapsedTime(start);
        cuda.synchronize();
        TimeSpan device = Stopwatch.GetElapsedTime(start);

        TestContext.Out.WriteLine($"The calls took {calls.TotalMilliseconds} ms, the device {device.TotalMilliseconds} ms.");
        Assert.That(calls, Is.LessThan(device / 4));

        void AddAll(long step)
        {
            writer.AddScalar("scalar", matrix.mean(), step);
            writer.AddHistogram("histogram", matrix, step);
            watch.Step(step);
        }
    }

    [Test]
    public void No_tensor_is_left_behind()
    {
        using var directory = new TestDirectory();
        using var model = nn.Linear(10, 10);
        model.cuda();
        Tensor input = randn(4, 10, device: CUDA);
        AddAll();
        long alive = LiveTensors.Count();

        for (int i = 0; i < 5; i++)
            AddAll();

        Assert.That(LiveTensors.Count(), Is.EqualTo(alive));

        void AddAll()
        {
            using DisposeScope scope = NewDisposeScope();
            using var writer = new SummaryWriter(directory);
            using ModelWatch watch = writer.Watch(model, new() { Interval = 1, Activations = true });
            for (int step = 0; step < 1500; step++)
                writer.AddScalar("x", input[0, 0], step);
            model.call(input).sum().backward();
            watch.Step(0);
            writer.AddHistogram("h", input, 0);
            writer.AddHistogram("bins", input, 0, HistogramBins.Auto);
        }
    }

    private static void AssertSame(Tensor values, string what)
    {
        using Tensor doubles = values.to_type(ScalarType.Float64).contiguous();
        Histogram expected = Histogram.Of(MemoryMarshal.Cast<byte, double>(doubles.bytes));
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddHistogram("cpu", values, 0);
            writer.AddHistogram("cuda", values.cuda(), 0);
        }

        Histogram counted = DeviceHistogram.Count(values.cuda())();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Parts(counted), Is.EqualTo(Parts(expected)), what);
            Assert.That(counted.Sum, Is.EqualTo(expected.Sum).Within(1e-9 * Math.Sqrt(expected.SumOfSquares)), what);
            Assert.That(counted.SumOfSquares, Is.EqualTo(expected.SumOfSquares).Within(1e-10).Percent, what);
            RunLog run = RunLog.Open(directory);
            Assert.That(
                Parts(run.Histograms["cuda"].Values[0]), Is.EqualTo(Parts(run.Histograms["cpu"].Values[0])), what);
        }
    }

    private static (double, double, double, long, double[], double[]) Parts(Histogram histogram) => (
        histogram.Min, histogram.Max, histogram.Count, histogram.NonFiniteCount,
        histogram.Limits.ToArray(), histogram.Counts.ToArray());
}
