namespace TorchBoard.Tool.Exporting;

/// <summary>Writes scalars as CSV, one line per point.</summary>
internal sealed class ScalarCsv(CsvWriter csv, CsvColumns columns) : TextExport
{
    /// <summary>The column of the values.</summary>
    public const string Value = "value";

    public override void Write(ExportedRun run, string[] tags, CancellationToken cancellationToken)
    {
        string runCell = csv.Cell(run.Name);
        double value = 0;
        Action<int> writeValue = _ => csv.Write(value);
        foreach (ExportedCurve curve in run.Curves(tags))
        {
            if (IsEmpty)
                columns.WriteHeader(csv);
            IsEmpty = false;
            string tagCell = csv.Cell(curve.Tag);
            foreach (ScalarSeries part in curve.Parts)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (int i = 0; i < part.Count; i++)
                {
                    value = part.Values[i];
                    columns.Write(csv, run, runCell, tagCell, part.Steps[i], part.WallTimes[i], writeValue);
                    csv.EndRow();
                }
            }
        }
    }
}
