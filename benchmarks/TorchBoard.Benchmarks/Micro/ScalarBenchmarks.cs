using BenchmarkDotNet.Attributes;

namespace TorchBoard.Benchmarks.Micro;

/// <summary>Adding scalars, written out at the end.</summary>
[MemoryDiagnoser]
public class ScalarBenchmarks
{
    private const int Events = 100_000;
    private DirectoryInfo? _directory;
    private SummaryWriter? _writer;

    [GlobalSetup]
    public void Setup()
    {
        _directory = Directory.CreateTempSubdirectory("torchboard-benchmark-");
        _writer = new SummaryWriter(_directory.FullName);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _writer?.Dispose();
        _directory?.Delete(recursive: true);
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public void AddScalar()
    {
        for (int i = 0; i < Events; i++)
            _writer!.AddScalar(ScalarFile.Tags[i % ScalarFile.Tags.Length], i, i);
        _writer!.Flush();
    }
}
