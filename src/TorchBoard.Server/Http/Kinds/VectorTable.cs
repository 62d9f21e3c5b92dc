using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace TorchBoard.Server.Http.Kinds;

/// <summary>The vectors of an embedding, and their metadata: lines of values that are separated by tabs.</summary>
internal static class VectorTable
{
    /// <summary>Reads vectors, or every k-th of them if there are more than the maximum.</summary>
    /// <param name="file">The file.</param>
    /// <param name="binaryDimensions">The length of a vector if the file has floats; 0 if it is text.</param>
    /// <param name="most">The maximum number of vectors.</param>
    /// <exception cref="InvalidDataException">The file is not a table of finite numbers.</exception>
    public static (float[] Vectors, int Dimensions, int Every, int Total) Read(
        ReadOnlySpan<byte> file, int binaryDimensions, int most)
    {
        if (binaryDimensions > 0)
            return ReadBinary(file, binaryDimensions, most);
        int total = 0;
        foreach (Range line in file.Split((byte)'\n'))
            total += file[line].Trim("\r \t"u8).IsEmpty ? 0 : 1;
        int every = ((Math.Max(total, 1) - 1) / most) + 1;
        var vectors = new List<float>();
        int dimensions = 0;
        int row = 0;
        foreach (Range line in file.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> text = file[line].Trim("\r \t"u8);
            if (text.IsEmpty || row++ % every != 0)
                continue;
            int before = vectors.Count;
            foreach (Range cell in text.Split((byte)'\t'))
                vectors.Add(Number(text[cell]));
            int read = vectors.Count - before;
            if (dimensions > 0 && read != dimensions)
                throw new InvalidDataException($"The vectors have different lengths: {dimensions} and {read}.");
            dimensions = read;
        }

        return (vectors.ToArray(), dimensions, every, total);
    }

    /// <summary>Reads the columns of metadata for the vectors that were taken.</summary>
    public static IReadOnlyList<(string Name, string[] Values)> ReadMetadata(byte[] file, int every, int total)
    {
        string[] lines = Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.TrimEntries);
        List<string> rows = [.. lines.Where(line => line.Length > 0)];
        string[] names = ["label"];

        // The projector takes the first line as names exactly if it has a tab.
        if (rows.Count > 0 && rows[0].Contains('\t', StringComparison.Ordinal))
        {
            names = rows[0].Split('\t');
            rows.RemoveAt(0);
        }

        string[][] cells = [.. rows.Take(total).Where((_, i) => i % every == 0).Select(row => row.Split('\t'))];
        return [.. names.Select((name, i) => (name, cells.Select(row => i < row.Length ? row[i] : "").ToArray()))];
    }

    private static (float[] Vectors, int Dimensions, int Every, int Total) ReadBinary(
        ReadOnlySpan<byte> file, int dimensions, int most)
    {
        int size = checked(dimensions * sizeof(float));
        int total = file.Length / size;
        int every = ((Math.Max(total, 1) - 1) / most) + 1;
        float[] vectors = new float[(((total - 1) / every) + 1) * dimensions];
        for (int i = 0; i < vectors.Length; i++)
        {
            int at = (i / dimensions * every * size) + (i % dimensions * sizeof(float));
            vectors[i] = Finite(BinaryPrimitives.ReadSingleLittleEndian(file[at..]));
        }

        return (vectors, dimensions, every, total);
    }

    private static float Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out float number, out int used) && used == text.Length
            ? Finite(number)
            : throw new InvalidDataException(
                $"'{Encoding.UTF8.GetString(text[..Math.Min(text.Length, 40)])}' in the file of the vectors is not a number.");

    private static float Finite(float number) =>
        float.IsFinite(number) ? number : throw new InvalidDataException("A vector has a number that is not finite.");
}
