using System.Globalization;
using System.IO.Compression;
using TorchBoard;

namespace Dashboards;

/// <summary>Handwritten digits as points in the space of their 64 pixels, each with its picture.</summary>
internal static class ProjectorDashboard
{
    private const int Side = 8;
    private const int Pixels = Side * Side;
    private const float Ink = 16;

    public static void Write(SummaryWriter writer)
    {
        using Stream packed = typeof(ProjectorDashboard).Assembly.GetManifestResourceStream("digits.csv.gz")
            ?? throw new InvalidOperationException("The program was built without its data, digits.csv.gz.");
        using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        var pixels = new List<float>();
        var labels = new List<string>();
        var ink = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            int[] numbers = [.. line.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
            pixels.AddRange(numbers[..Pixels].Select(number => number / Ink));
            labels.Add(numbers[Pixels].ToString(CultureInfo.InvariantCulture));
            ink.Add((numbers[..Pixels].Sum() / Ink).ToString("F1", CultureInfo.InvariantCulture));
        }

        float[] vectors = [.. pixels];
        writer.AddEmbedding("digits", vectors, 0, Pixels, new EmbeddingOptions
        {
            Labels = labels,
            Columns = [new EmbeddingColumn("ink", ink)],
            Sprites = EmbeddingSprites.Of(vectors, ImageLayout.Nhw, [labels.Count, Side, Side]),
        });
    }
}
