using BenchmarkDotNet.Attributes;
using TorchBoard.Records;

namespace TorchBoard.Benchmarks.Micro;

/// <summary>Computes the checksum of records, from the size of a scalar to that of an image.</summary>
public class CrcBenchmarks
{
    private byte[] _data = [];

    [Params(36, 1 << 10, 1 << 20)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup() => new Random(1).NextBytes(_data = new byte[Length]);

    [Benchmark]
    public uint Crc32C() => MaskedCrc.Of(_data);
}
