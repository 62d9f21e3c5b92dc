using BenchmarkDotNet.Attributes;

namespace TorchBoard.Benchmarks.Micro;

/// <summary>Adds the same number of scalars to one writer from one thread and from several.</summary>
public class ContentionBenchmarks
{
    private const int Events = 800_000;
    private DirectoryInfo? _directory;
    private SummaryWriter? _writer;

    [Params(1, 2, 8)]
    public int Threads { get; set; }

    [IterationSetup]
    public void Setup()
    {
        _directory = Directory.CreateTempSubdirectory("torchboard-benchmark-");
        _writer = new SummaryWriter(_directory.FullName);
    }

    [IterationCleanup]
    public void Cleanup()
    {
        _writer?.Dispose();
        _directory?.Delete(recursive: true);
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public void AddScalar()
    {
        Thread[] producers = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(Add))];
        foreach (Thread producer in producers)
            producer.Start();
        foreach (Thread producer in producers)
            producer.Join();
        _writer!.Flush();
    }

    private void Add()
    {
        for (int i = 0; i < Events / Threads; i++)
            _writer!.AddScalar(ScalarFile.Tags[i % ScalarFile.Tags.Length], i, i);
    }
}
