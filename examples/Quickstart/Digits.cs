using System.Globalization;
using System.IO.Compression;

namespace Quickstart;

/// <summary>Pictures of handwritten digits with their labels; see <c>data/README.md</c> for their source.</summary>
public sealed class Digits
{
    /// <summary>The width and height of a picture in pixels.</summary>
    public const int Side = 8;

    /// <summary>The number of pixels of a picture.</summary>
    public const int Pixels = Side * Side;

    /// <summary>The number of classes, the digits 0 to 9.</summary>
    public const int Classes = 10;

    private const float Ink = 16;

    private readonly float[][] _images;
    private readonly int[] _labels;

    private Digits(float[][] images, int[] labels)
    {
        _images = images;
        _labels = labels;
    }

    /// <summary>The number of pictures.</summary>
    public int Count => _labels.Length;

    /// <summary>Reads all 1,797 pictures.</summary>
    public static Digits Load()
    {
        using Stream packed = typeof(Digits).Assembly.GetManifestResourceStream("digits.csv.gz")
            ?? throw new InvalidOperationException("The embedded data, digits.csv.gz, is missing.");
        using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        var images = new List<float[]>();
        var labels = new List<int>();
        while (reader.ReadLine() is { } line)
        {
            int[] numbers = [.. line.Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
            images.Add([.. numbers[..Pixels].Select(n => n / Ink)]);
            labels.Add(numbers[Pixels]);
        }

        return new Digits([.. images], [.. labels]);
    }

    /// <summary>Returns the pixels of a picture, row by row: 0 is paper, 1 is ink.</summary>
    public ReadOnlySpan<float> Image(int index) => _images[index];

    /// <summary>The pixels of all pictures, one after another.</summary>
    public float[] Images() => [.. _images.SelectMany(image => image)];

    /// <summary>Returns the label of a picture, 0 to 9.</summary>
    public int Label(int index) => _labels[index];

    /// <summary>Returns the pictures at the given indices, in this order.</summary>
    public Digits Pick(ReadOnlySpan<int> indices)
    {
        float[][] images = new float[indices.Length][];
        int[] labels = new int[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            images[i] = _images[indices[i]];
            labels[i] = _labels[indices[i]];
        }

        return new Digits(images, labels);
    }

    /// <summary>
    /// Returns the pictures with a random half of them moved by one pixel up, down, left or right (augmentation).
    /// </summary>
    public Digits Nudged(Random random)
    {
        const int sides = 4;
        ReadOnlySpan<(int Down, int Right)> moves = [(1, 0), (-1, 0), (0, 1), (0, -1)];
        float[][] images = new float[Count][];
        for (int n = 0; n < Count; n++)
        {
            int move = random.Next(2 * sides);
            images[n] = move < sides ? Moved(_images[n], moves[move].Down, moves[move].Right) : _images[n];
        }

        return new Digits(images, _labels);
    }

    /// <summary>Splits the pictures in two at random, each digit in the same proportion (a stratified split).</summary>
    public (Digits Train, Digits HeldOut) Split(double heldOutShare, Random random)
    {
        var train = new List<int>();
        var heldOut = new List<int>();
        for (int digit = 0; digit < Classes; digit++)
        {
            int[] indices = [.. Enumerable.Range(0, Count).Where(i => _labels[i] == digit)];
            random.Shuffle(indices);
            int held = (int)Math.Round(indices.Length * heldOutShare);
            heldOut.AddRange(indices[..held]);
            train.AddRange(indices[held..]);
        }

        return (Shuffled(train, random), Shuffled(heldOut, random));
    }

    private static float[] Moved(float[] image, int down, int right)
    {
        float[] moved = new float[Pixels];
        for (int y = Math.Max(0, down); y < Side + Math.Min(0, down); y++)
        {
            for (int x = Math.Max(0, right); x < Side + Math.Min(0, right); x++)
                moved[(y * Side) + x] = image[((y - down) * Side) + x - right];
        }

        return moved;
    }

    private Digits Shuffled(List<int> indices, Random random)
    {
        int[] order = [.. indices];
        random.Shuffle(order);
        return Pick(order);
    }
}
