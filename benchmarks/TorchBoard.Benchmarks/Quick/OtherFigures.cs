using TorchBoard.Drawing;
using TorchBoard.Imaging;
using TorchBoard.Interpretation;
using TorchBoard.Records;

namespace TorchBoard.Benchmarks.Quick;

/// <summary>The cost of checksums, images and opening a writer.</summary>
internal static class OtherFigures
{
    private const int Side = 224;

    public static IEnumerable<Figure> All()
    {
        yield return Crc();
        yield return Place.InMemory(ImageCaller);
        yield return ImageEncoding();
        yield return HeatOverlay();
        yield return GradCam();
        yield return Place.InMemory(Opening);
    }

    private static Figure Crc()
    {
        byte[] data = new byte[1 << 20];
        byte[] copy = new byte[data.Length];
        new Random(1).NextBytes(data);
        double limit = Repeat.Median(51, () => Repeat.Seconds(() => data.CopyTo(copy, 0)));
        double seconds = Repeat.Median(51, () => Repeat.Seconds(() => MaskedCrc.Of(data)));
        return new Figure("CRC-32C, blocks of 1 MiB", data.Length / seconds / 1e9, "GB/s", data.Length / limit / 1e9);
    }

    private static Figure ImageCaller(string directory)
    {
        using var writer = new SummaryWriter(directory);
        float[] pixels = [.. Photograph().Select(b => b / 255f)];
        double caller = Repeat.Median(21, () => Repeat.Seconds(() => writer.AddImage("i", pixels, 0, ImageLayout.Chw, [3, Side, Side])));
        return new Figure("image, 3×224×224 floats, the caller", caller * 1e6, "µs");
    }

    private static Figure ImageEncoding()
    {
        var raster = new Raster(Side, Side, 3, Photograph());
        double seconds = Repeat.Median(21, () => Repeat.Seconds(() => PngEncoder.Encode(raster)));
        return new Figure("image, 3×224×224, PNG", raster.Pixels.Length / seconds / 1e6, "MB/s");
    }

    private static Figure HeatOverlay()
    {
        const int heatSide = 7;
        var picture = Picture.FromPixels(Photograph(), ImageLayout.Hwc, [Side, Side, 3]);
        float[] heat = [.. Enumerable.Range(0, heatSide * heatSide).Select(i => i / 48f)];
        double seconds = Repeat.Median(51, () => Repeat.Seconds(() => picture.WithHeat(heat, [heatSide, heatSide])));
        return new Figure("activation map 7×7 over a picture of 224×224", seconds * 1e3, "ms");
    }

    /// <summary>Measures the path from the last layer of a ResNet to the shown image.</summary>
    private static Figure GradCam()
    {
        const int channels = 512;
        const int side = 7;
        var random = new Random(1);
        float[] activations = [.. Enumerable.Range(0, channels * side * side).Select(_ => random.NextSingle())];
        float[] gradients = [.. activations.Select(_ => random.NextSingle() - 0.5f)];
        var layer = new LayerActivations(activations, gradients, [channels, side, side]);
        var picture = Picture.FromPixels(Photograph(), ImageLayout.Hwc, [Side, Side, 3]);
        double seconds = Repeat.Median(51, () => Repeat.Seconds(() =>
        {
            Attribution map = ClassActivationMap.Explain(CamMethod.GradCam, layer, Side, Side);
            picture.WithHeat(map.ToFloats(), map.Shape);
        }));
        return new Figure("Grad-CAM of 512×7×7 over a picture of 224×224", seconds * 1e3, "ms");
    }

    // Shapes with soft edges and some noise, as in photographs.
    private static byte[] Photograph()
    {
        var random = new Random(1);
        byte[] pixels = new byte[3 * Side * Side];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int c, int x, int y) = (i % 3, i / 3 % Side, i / 3 / Side);
            double wave = Math.Sin(x / 17.0 + c) + Math.Cos(y / 23.0) + (Math.Sin(x * y / 900.0) / 2);
            pixels[i] = (byte)Math.Clamp(128 + (wave * 40) + random.Next(-4, 5), 0, 255);
        }

        return pixels;
    }

    private static Figure Opening(string directory)
    {
        double seconds = Repeat.Median(21, () => Repeat.Seconds(() =>
        {
            using var writer = new SummaryWriter(directory);
            writer.AddScalar("x", 1, 0);
        }));
        double limit = Repeat.Median(21, () => Repeat.Seconds(() => File.WriteAllBytes(Path.Combine(directory, "raw"), new byte[100])));
        return new Figure("opening, one scalar, dispose", seconds * 1e3, "ms", limit * 1e3);
    }
}
