using System.Globalization;
using System.IO.Compression;

namespace Dashboards;

/// <summary>Handwritten digits of 8×8 pixels, 0 (paper) to 1 (ink).</summary>
internal sealed record Digits(float[] Pixels, int[] Labels)
{
    public const int Side = 8;
    public const int Size = Side * Side;

    private const float Ink = 16;

    public int Count => Labels.Length;

    public ReadOnlySpan<float> Picture(int index) => Pixels.AsSpan(index * Size, Size);

    public static Digits Load()
    {
        using Stream packed = typeof(Digits).Assembly.GetManifestResourceStream("digits.csv.gz")
            ?? throw new InvalidOperationException("The embedded data, digits.csv.gz, is missing.");
        using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        var pixels = new List<float>();
        var labels = new List<int>();
        while (reader.ReadLine() is { } line)
        {
            int[] numbers = [.. line.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
            pixels.AddRange(numbers[..Size].Select(number => number / Ink));
            labels.Add(numbers[Size]);
        }

        return new Digits([.. pixels], [.. labels]);
    }
}
