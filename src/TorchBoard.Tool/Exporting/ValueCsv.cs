using TorchBoard.Histograms;

namespace TorchBoard.Tool.Exporting;

/// <summary>Writes the parts of values as CSV: buckets of histograms, thresholds of PR curves, elements of tensors.</summary>
internal sealed class ValueCsv(CsvWriter csv, TagKind kind, CsvColumns columns) : TextExport
{
    /// <summary>Returns the columns of a kind; null if it has no parts that fit into cells.</summary>
    public static string[]? ColumnsOf(TagKind kind) => kind switch
    {
        TagKind.Histogram => ["lower", "upper", "count"],
        TagKind.PrCurve =>
        [
            "threshold", "true_positives", "false_positives", "true_negatives", "false_negatives", "precision", "recall",
        ],
        TagKind.Text => ["text"],
        TagKind.Tensor => ["shape", "index", "value"],
        _ => null,
    };

    public override void Write(ExportedRun run, string[] tags, CancellationToken cancellationToken)
    {
        string runCell = csv.Cell(run.Name);
        object[] row = [];
        Action<int> writeOwn = index => Write(row[index]);
        foreach (ExportedValue value in run.Values([kind], tags))
        {
            if (IsEmpty)
                columns.WriteHeader(csv);
            IsEmpty = false;
            string tagCell = csv.Cell(value.Tag);
            foreach (object[] part in RowsOf(value.Value))
            {
                row = part;
                columns.Write(csv, run, runCell, tagCell, value.Step, value.WallTime, writeOwn);
                csv.EndRow();
            }
        }
    }

    private static IEnumerable<object[]> RowsOf(object value) => value switch
    {
        Histogram histogram => Enumerable.Range(0, histogram.Counts.Length).Select(i => new object[]
        {
            i > 0 ? histogram.Limits[i - 1] : Math.Min(histogram.Min, histogram.Limits[0]), histogram.Limits[i], histogram.Counts[i],
        }),
        PrCurve curve => Enumerable.Range(0, curve.Count).Select(i => new object[]
        {
            curve.Threshold(i), curve.TruePositives[i], curve.FalsePositives[i], curve.TrueNegatives[i],
            curve.FalseNegatives[i], curve.Precision[i], curve.Recall[i],
        }),
        TextValue text => [[text.ToString()]],
        TensorValue tensor => RowsOf(tensor),
        _ => [],
    };

    private static IEnumerable<object[]> RowsOf(TensorValue tensor)
    {
        string shape = string.Join('x', tensor.Shape.ToArray());
        IEnumerable<object> elements = tensor.Type == TensorType.String
            ? tensor.ToStrings()
            : (Runs.TensorNumbers.Of(tensor) ?? []).Cast<object>();
        return elements.Select((element, i) => new[] { shape, (long)i, element });
    }

    private void Write(object cell)
    {
        switch (cell)
        {
            case double number:
                csv.Write(number);
                break;
            case long number:
                csv.Write(number);
                break;
            default:
                csv.WriteText((string)cell);
                break;
        }
    }
}
