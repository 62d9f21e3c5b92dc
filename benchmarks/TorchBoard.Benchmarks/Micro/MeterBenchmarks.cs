using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;

namespace TorchBoard.Benchmarks.Micro;

/// <summary>What a measurement costs its caller while <see cref="SummaryWriter"/> records its meter.</summary>
[MemoryDiagnoser]
public class MeterBenchmarks
{
    private const int Measurements = 1_000_000;

    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE"];
    private static readonly string[] Routes = ["/orders", "/orders/{id}", "/customers", "/health"];

    private DirectoryInfo? _directory;
    private SummaryWriter? _writer;
    private Meter? _meter;
    private Counter<long>? _counter;
    private Histogram<double>? _histogram;

    [GlobalSetup]
    public void Setup()
    {
        _directory = Directory.CreateTempSubdirectory("torchboard-benchmark-");
        _writer = new SummaryWriter(_directory.FullName);
        _writer.RecordMeters("TorchBoard.Benchmarks");
        _meter = new Meter("TorchBoard.Benchmarks");
        _counter = _meter.CreateCounter<long>("counter");
        _histogram = _meter.CreateHistogram<double>("histogram");
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _writer?.Dispose();
        _meter?.Dispose();
        _directory?.Delete(recursive: true);
    }

    [Benchmark(OperationsPerInvoke = Measurements)]
    public void Counter()
    {
        for (int i = 0; i < Measurements; i++)
            _counter!.Add(1);
    }

    [Benchmark(OperationsPerInvoke = Measurements)]
    public void CounterWithOneTag()
    {
        for (int i = 0; i < Measurements; i++)
            _counter!.Add(1, Method(i));
    }

    [Benchmark(OperationsPerInvoke = Measurements)]
    public void CounterWithTwoTags()
    {
        for (int i = 0; i < Measurements; i++)
            _counter!.Add(1, Method(i), Route(i));
    }

    [Benchmark(OperationsPerInvoke = Measurements)]
    public void Histogram()
    {
        for (int i = 0; i < Measurements; i++)
            _histogram!.Record(i);
    }

    [Benchmark(OperationsPerInvoke = Measurements)]
    public void HistogramWithOneTag()
    {
        for (int i = 0; i < Measurements; i++)
            _histogram!.Record(i, Method(i));
    }

    [Benchmark(OperationsPerInvoke = Measurements)]
    public void HistogramWithTwoTags()
    {
        for (int i = 0; i < Measurements; i++)
            _histogram!.Record(i, Method(i), Route(i));
    }

    private static KeyValuePair<string, object?> Method(int i) => new("method", Methods[i % 4]);

    private static KeyValuePair<string, object?> Route(int i) => new("route", Routes[i / 4 % 4]);
}
