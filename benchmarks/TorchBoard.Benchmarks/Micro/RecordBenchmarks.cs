using BenchmarkDotNet.Attributes;
using TorchBoard.Records;
using TorchBoard.Storage.Local;

namespace TorchBoard.Benchmarks.Micro;

/// <summary>Frames a scalar's record, and reads and checks records without decoding them.</summary>
public class RecordBenchmarks
{
    private readonly byte[] _record = new byte[100];
    private ScalarFile? _file;

    [GlobalSetup]
    public void Setup() => _file = new ScalarFile(ScalarFile.Length);

    [GlobalCleanup]
    public void Cleanup() => _file?.Dispose();

    [Benchmark]
    public int Frame() => RecordFrame.Close(_record, payloadLength: 34);

    [Benchmark(OperationsPerInvoke = ScalarFile.Length)]
    public int Check()
    {
        using var reader = new RecordReader(new LocalFile(_file!.Path));
        int records = 0;
        while (reader.Read(out _) == ReadStatus.Record)
            records++;
        return records;
    }
}
