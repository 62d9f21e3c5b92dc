using BenchmarkDotNet.Attributes;
using TorchBoard.Records;

namespace TorchBoard.Benchmarks.Micro;

/// <summary>Reading records and checking them, nothing decoded.</summary>
public class RecordBenchmarks
{
    private ScalarFile? _file;

    [GlobalSetup]
    public void Setup() => _file = new ScalarFile(ScalarFile.Length);

    [GlobalCleanup]
    public void Cleanup() => _file?.Dispose();

    [Benchmark(OperationsPerInvoke = ScalarFile.Length)]
    public int Check()
    {
        using var reader = new RecordReader(_file!.Path);
        int records = 0;
        while (reader.Read(out _) == ReadStatus.Record)
            records++;
        return records;
    }
}
