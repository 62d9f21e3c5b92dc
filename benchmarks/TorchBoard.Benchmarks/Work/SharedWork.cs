using System.Diagnostics;
using System.Globalization;
using TorchBoard.Drawing;
using TorchBoard.Imaging;

namespace TorchBoard.Benchmarks.Work;

/// <summary>
/// The workloads that other libraries are also timed with, by programs with the same arguments and output.
/// </summary>
internal static class SharedWork
{
    private const int HistogramLength = 100_000;
    private const int Side = 224;

    /// <summary>
    /// Runs a workload and prints its duration in seconds, excluding process start; for encodings also their length in
    /// bytes before it.
    /// </summary>
    public static void Run(string name, int count, string directory)
    {
        long start;
        switch (name)
        {
            case "scalars":
                string[] tags = [.. Enumerable.Range(0, 20).Select(i => $"loss/tag{i:D2}")];
                start = Stopwatch.GetTimestamp();
                using (var writer = new SummaryWriter(directory))
                {
                    for (int i = 0; i < count; i++)
                        writer.AddScalar(tags[i % tags.Length], i * 0.5f, i);
                }

                break;
            case "histograms":
                var random = new Random(1);
                float[] values =
                    [.. Enumerable.Range(0, HistogramLength).Select(_ => (float)((random.NextDouble() * 2) - 1))];
                start = Stopwatch.GetTimestamp();
                using (var writer = new SummaryWriter(directory))
                {
                    for (int i = 0; i < count; i++)
                        writer.AddHistogram("weights", values, i);
                }

                break;
            case "images":
                float[] pixels = [.. Picture("photo").Select(b => b / 255f)];
                start = Stopwatch.GetTimestamp();
                using (var writer = new SummaryWriter(directory))
                {
                    for (int i = 0; i < count; i++)
                        writer.AddImage("sample", pixels, i, ImageLayout.Hwc, [Side, Side, 3]);
                }

                break;
            case "photo" or "gradient" or "noise":
                var raster = new Raster(Side, Side, 3, Picture(name));
                int length = 0;
                start = Stopwatch.GetTimestamp();
                for (int i = 0; i < count; i++)
                    length = PngEncoder.Encode(raster).Length;
                Console.Write($"{length} ");
                break;
            case "read":
                start = Stopwatch.GetTimestamp();
                int read = RunLog.Open(directory).Scalars.Values.Sum(series => series.Count);
                if (read != count)
                    throw new InvalidDataException($"Expected {count} scalars, got {read}.");
                break;
            case "kernelshap" or "lime" or "occlusion":
                Action explain = ExplanationWork.Of(name);
                start = Stopwatch.GetTimestamp();
                for (int i = 0; i < count; i++)
                    explain();
                break;
            default:
                throw new ArgumentException($"Unknown workload '{name}'; expected scalars, histograms, images, photo, "
                    + "gradient, noise, read, kernelshap, lime and occlusion.", nameof(name));
        }

        Console.WriteLine(Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>Creates an image of three channels, the same in every program.</summary>
    private static byte[] Picture(string kind)
    {
        byte[] pixels = new byte[Side * Side * 3];
        uint state = 1;
        for (int i = 0; i < pixels.Length; i++)
        {
            state = (state * 1664525) + 1013904223;
            (int c, int x, int y) = (i % 3, i / 3 % Side, i / 3 / Side);
            double wave = Math.Sin((x / 17.0) + c) + Math.Cos(y / 23.0) + (Math.Sin(x * y / 900.0) / 2);
            pixels[i] = kind switch
            {
                "noise" => (byte)(state >> 24),
                "photo" => (byte)Math.Clamp(128 + (wave * 40) + ((state >> 24) % 9) - 4, 0, 255),
                _ => (byte)((c == 0 ? x : c == 1 ? y : (x + y) / 2) * 255 / Side),
            };
        }

        return pixels;
    }
}
