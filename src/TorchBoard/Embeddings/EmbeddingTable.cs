using System.Globalization;
using System.Text;

namespace TorchBoard.Embeddings;

/// <summary>Writes vectors and metadata as lines of tab-separated values, the format of the projector.</summary>
internal static class EmbeddingTable
{
    /// <summary>Replaces a blank line, which the projector would skip, shifting all following labels.</summary>
    private const string BlankLine = "(blank)";

    public static void WriteVectors(Stream file, ReadOnlySpan<float> vectors, int dimensions)
    {
        Span<byte> number = stackalloc byte[32];
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i].TryFormat(number, out int length, default, CultureInfo.InvariantCulture);
            number[length] = (byte)((i + 1) % dimensions == 0 ? '\n' : '\t');
            file.Write(number[..(length + 1)]);
        }
    }

    public static void WriteMetadata(Stream file, EmbeddingColumn[] columns)
    {
        using var writer = new StreamWriter(file, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        // The projector treats the first line as a header exactly if it contains a tab.
        if (columns.Length > 1)
            WriteLine(writer, columns.Select(column => column.Name));
        for (int row = 0; row < columns[0].Values.Count; row++)
            WriteLine(writer, columns.Select(column => column.Values[row]));
    }

    private static void WriteLine(StreamWriter writer, IEnumerable<string> cells)
    {
        string[] clean = [.. cells.Select(OnOneLine)];
        if (clean.All(string.IsNullOrWhiteSpace))
            clean[0] = BlankLine;
        writer.WriteLine(string.Join('\t', clean));
    }

    private static string OnOneLine(string? cell) =>
        (cell ?? "").ReplaceLineEndings(" ").Replace('\t', ' ').Replace('\v', ' ');
}
