using BenchmarkDotNet.Attributes;

namespace TorchBoard.Benchmarks.Micro;

/// <summary>Adds scalars and writes them at the end.</summary>
[MemoryDiagnoser]
public class ScalarBenchmarks
{
    private const int Events = 1_000_000;
    private DirectoryInfo? _directory;
    private SummaryWriter? _writer;

    // A new file each time, because a growing file would measure the disk's throughput for gigabytes.
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
        for (int i = 0; i < Events; i++)
            _writer!.AddScalar(ScalarFile.Tags[i % ScalarFile.Tags.Length], i, i);
        _writer!.Flush();
    }
}
