using BenchmarkDotNet.Attributes;
using TorchBoard.Drawing;
using TorchBoard.Imaging;

namespace TorchBoard.Benchmarks.Micro;

/// <summary>Measures the cost of an image: the caller's conversion, the row filters, and the whole encoding.</summary>
public class PngBenchmarks
{
    private const int Side = 224;
    private readonly PixelShape _shape = PixelShape.OfPicture(ImageLayout.Chw, [3, Side, Side], 3 * Side * Side);
    private float[] _floats = [];
    private byte[] _filtered = [];
    private Raster? _raster;

    /// <summary>
    /// The random difference between neighboring pixels: 0 is a gradient, 8 a photograph, 255 pure noise.
    /// </summary>
    [Params(0, 8, 255)]
    public int Noise { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _floats = [.. Enumerable.Range(0, 3 * Side * Side).Select(i =>
            ((i % Side / 2) + (i / Side % Side / 2) + random.Next(Noise + 1)) % 256 / 255f)];
        _raster = PixelConversion.ToRasters(_floats, _shape)[0];
        _filtered = new byte[PngFilter.Length(_raster)];
    }

    [Benchmark]
    public object Convert() => PixelConversion.ToRasters(_floats, _shape);

    [Benchmark]
    public long Filter() => PngFilter.Apply(_raster!, _filtered);

    [Benchmark]
    public byte[] Encode() => PngEncoder.Encode(_raster!);
}
