using System.Runtime.InteropServices;
using TorchBoard.Histograms;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>A histogram counted on the tensor's device equals one counted on the CPU.</summary>
internal sealed class DeviceHistogramTests
{
    private static readonly double[] Edges = MakeEdges();

    [TestCase(ScalarType.Float32)]
    [TestCase(ScalarType.Float64)]
    [TestCase(ScalarType.Float16)]
    [TestCase(ScalarType.BFloat16)]
    public void Random_values_of_all_scales(ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        Generator generator = manual_seed(1);
        Tensor scales = torch.pow(tensor(10.0), (rand(10_000, ScalarType.Float64, generator: generator) * 40) - 20);
        AssertSame((randn(10_000, ScalarType.Float64, generator: generator) * scales).to_type(type));
    }

    [Test]
    public void Edges_and_their_neighbors()
    {
        using DisposeScope scope = NewDisposeScope();
        AssertSame(tensor((double[])
            [.. Edges, .. Edges.Select(Math.BitIncrement), .. Edges.Select(Math.BitDecrement), 1e21, -1e300, -0.0]));
        float[] singles = Array.ConvertAll(Edges, edge => (float)edge);
        AssertSame(tensor((float[])
            [.. singles, .. singles.Select(MathF.BitIncrement), .. singles.Select(MathF.BitDecrement), 1e38f]));
    }

    [Test]
    public void Values_that_are_not_finite()
    {
        using DisposeScope scope = NewDisposeScope();
        AssertSame(tensor([float.NaN, 1, float.PositiveInfinity, -2, float.NegativeInfinity, float.Epsilon, -0f]));
        AssertSame(tensor([double.NaN, double.NaN]));
        AssertSame(tensor([double.MaxValue, double.MaxValue]));
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(1000)]
    public void Pieces_add_up(long pieceLength)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor values = (arange(100, ScalarType.Int64) - 40).reshape(10, 10).t();

        Histogram counted = DeviceHistogram.Count(values, pieceLength)();

        Assert.That(Parts(counted), Is.EqualTo(Parts(Histogram.Of<double>(TensorKinds.Values(values)))));
        Assert.That(counted.Sum, Is.EqualTo(950));
    }

    [TestCase(1)]
    [TestCase(7)]
    public void Pieces_of_a_tensor_too_long_for_a_span_add_up(int pieceLength)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor values = (arange(100, ScalarType.Int64) - 40).reshape(10, 10).t();
        using HostTensor host = HostTensor.Of(values);

        Histogram counted = TensorExtensions.InPieces<long>(host, values.NumberOfElements, pieceLength);

        Assert.That(Parts(counted), Is.EqualTo(Parts(Histogram.Of<double>(TensorKinds.Values(values)))));
        Assert.That(counted.Sum, Is.EqualTo(950));
    }

    private static void AssertSame(Tensor values)
    {
        using Tensor doubles = values.to_type(ScalarType.Float64);
        Histogram expected = Histogram.Of(MemoryMarshal.Cast<byte, double>(doubles.bytes));

        Histogram counted = DeviceHistogram.Count(values)();

        Assert.That(Parts(counted), Is.EqualTo(Parts(expected)));

        // Sums of the same numbers in another order.
        Assert.That(counted.Sum, Is.EqualTo(expected.Sum).Within(1e-9 * Math.Sqrt(expected.SumOfSquares)));
        Assert.That(counted.SumOfSquares, Is.EqualTo(expected.SumOfSquares).Within(1e-10).Percent);
    }

    private static double[] MakeEdges()
    {
        var edges = new List<double>();
        for (double edge = 1e-12; edge < 1e20; edge *= 1.1)
            edges.AddRange([edge, -edge]);
        return [.. edges, 0];
    }

    private static (double, double, double, long, double[], double[]) Parts(Histogram histogram) => (
        histogram.Min, histogram.Max, histogram.Count, histogram.NonFiniteCount,
        histogram.Limits.ToArray(), histogram.Counts.ToArray());
}
