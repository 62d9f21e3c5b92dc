using BenchmarkDotNet.Attributes;

namespace TorchBoard.Benchmarks.Micro;

/// <summary>Reads all scalars of a run, and one tag.</summary>
[MemoryDiagnoser]
public class ReadingBenchmarks
{
    private static readonly RunLogOptions OneTag = new() { Tags = tag => tag == ScalarFile.Tags[7] };
    private ScalarFile? _file;

    [GlobalSetup]
    public void Setup() => _file = new ScalarFile(ScalarFile.Length);

    [GlobalCleanup]
    public void Cleanup() => _file?.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = ScalarFile.Length)]
    public RunLog All() => RunLog.Open(_file!.Path);

    [Benchmark(OperationsPerInvoke = ScalarFile.Length)]
    public RunLog One() => RunLog.Open(_file!.Path, OneTag);
}
