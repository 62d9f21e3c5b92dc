using System.Text;
using Google.Protobuf;
using TorchBoard.Protos;

namespace TorchBoard.Summaries;

/// <summary>Text, as a string tensor of rank 0, which the dashboard shows as markdown.</summary>
internal static class TextSummary
{
    private const string PluginName = "text";

    public static Summary Of(string tag, string markdown)
    {
        var tensor = new TensorProto
        {
            Dtype = DataType.DtString,
            TensorShape = new TensorShapeProto(),
            StringVal = { ByteString.CopyFromUtf8(markdown) },
        };

        // A tensor whose tag has no metadata is invisible, and readers look at the first event they see of a tag.
        var metadata = new SummaryMetadata
        {
            PluginData = new SummaryMetadata.Types.PluginData { PluginName = PluginName },
            DataClass = DataClass.Tensor,
        };
        return new Summary { Value = { new Summary.Types.Value { Tag = tag, Tensor = tensor, Metadata = metadata } } };
    }

    /// <summary>A markdown table; what would break a cell is escaped.</summary>
    public static string Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder();
        AppendRow(text, header);
        text.Append('|').Insert(text.Length, "---|", header.Count).Append('\n');
        int number = 0;
        foreach (IReadOnlyList<string> row in rows)
        {
            if (row.Count != header.Count)
            {
                throw new ArgumentException(
                    $"Row {number} has {row.Count} cells; the header has {header.Count}.", nameof(rows));
            }

            AppendRow(text, row);
            number++;
        }

        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> cells)
    {
        text.Append('|');
        foreach (string cell in cells)
        {
            string escaped = (cell ?? "").Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings("<br>");
            text.Append(' ').Append(escaped).Append(" |");
        }

        text.Append('\n');
    }
}
