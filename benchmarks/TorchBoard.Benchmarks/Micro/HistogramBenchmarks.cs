using BenchmarkDotNet.Attributes;
using TorchBoard.Histograms;

namespace TorchBoard.Benchmarks.Micro;

/// <summary>Counts values in the default buckets, by type and length.</summary>
[MemoryDiagnoser]
public class HistogramBenchmarks
{
    private float[] _floats = [];
    private double[] _doubles = [];
    private Half[] _halves = [];
    private long[] _integers = [];

    [Params(1_000, 100_000)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _doubles = [.. Enumerable.Range(0, Length).Select(_ => Math.Log(1 / (1 - random.NextDouble())) - 1)];
        _floats = [.. _doubles.Select(v => (float)v)];
        _halves = [.. _doubles.Select(v => (Half)v)];
        _integers = [.. _doubles.Select(v => (long)(v * 1000))];
    }

    [Benchmark(Baseline = true)]
    public Histogram Floats() => Histogram.Of<float>(_floats);

    [Benchmark]
    public Histogram Doubles() => Histogram.Of<double>(_doubles);

    [Benchmark]
    public Histogram Halves() => Histogram.Of<Half>(_halves);

    [Benchmark]
    public Histogram Integers() => Histogram.Of<long>(_integers);
}
