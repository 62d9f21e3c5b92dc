using System.Text;
using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>Text, as a string tensor of rank 0, which the dashboard shows as Markdown.</summary>
internal static class TextSummary
{
    public static Summary Of(string tag, string markdown)
    {
        TensorProto tensor = TensorSummary.OfStrings([ByteString.CopyFromUtf8(markdown)], []);
        SummaryMetadata metadata = PluginMetadata.Of(PluginTable.Text);
        return new Summary { Value = { TensorSummary.Value(tag, tensor, metadata) } };
    }

    public static TextValue Decode(scoped in ValueView value)
    {
        if (value.Form != ValueForm.Tensor)
            throw ValueDecoder.NotA("text", value.Form);
        TensorProto tensor = TensorProto.Parser.ParseFrom(WireFields.Without(WireKey.TensorString, value.Body, out int count));
        if (tensor.Dtype != DataType.DtString)
        {
            throw new InvalidDataException(
                $"text must be a tensor of strings; the tensor is {TensorSummary.Decode(value, "text")}");
        }

        int[] shape = [.. TensorValue.ShapeOf(tensor, count).Select(size => (int)size)];
        string[] strings = new string[count];
        var wire = new WireReader(value.Body);
        for (int i = 0; wire.Next(out uint key);)
        {
            if (key == WireKey.TensorString)
                strings[i++] = Encoding.UTF8.GetString(wire.Bytes());
            else
                wire.Skip(key);
        }

        return new TextValue(shape, strings);
    }

    /// <summary>Formats a Markdown table.</summary>
    public static string Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder();
        AppendRow(text, header);
        text.Append('|').Insert(text.Length, "---|", header.Count).Append('\n');
        int number = 0;
        foreach (IReadOnlyList<string> row in rows)
        {
            if (row?.Count != header.Count)
            {
                throw new ArgumentException(
                    $"Row {number} has {row?.Count ?? 0} cells; the header has {header.Count}.", nameof(rows));
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
            text.Append(' ');
            MarkdownCell.Append(text, (cell ?? "").ReplaceLineEndings("\n"));
            text.Append(" |");
        }

        text.Append('\n');
    }
}
