using BenchmarkDotNet.Attributes;
using TorchBoard.Benchmarks.Work;
using TorchBoard.Figures;

namespace TorchBoard.Benchmarks.Micro;

/// <summary>Draws figures of 640×480 pixels and twice that size.</summary>
[MemoryDiagnoser]
public class FigureBenchmarks
{
    private readonly Figure _curves = SampleFigures.Curves();
    private readonly Figure _confusion = SampleFigures.Confusion();

    [Params(1, 2)]
    public int Scale { get; set; }

    [Benchmark]
    public object Curves() => _curves.Render(scale: Scale);

    [Benchmark]
    public object Confusion() => _confusion.Render(scale: Scale);
}
