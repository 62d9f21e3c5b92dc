using TorchBoard.Hyperparameters;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Exporting;

/// <summary>Writes hyperparameters as CSV, one line for each of a run.</summary>
internal sealed class HyperparameterCsv(CsvWriter csv, CsvColumns columns) : TextExport
{
    public static readonly string[] AllColumns = ["run", "name", "value", "group_name", "status", "start_time", "end_time"];

    public override void Write(ExportedRun run, string[] tags, CancellationToken cancellationToken)
    {
        if (run.Log.Hyperparameters is not { } log)
            return;
        foreach ((string name, Hyperparameter value) in log.Values)
        {
            if (IsEmpty)
                columns.WriteHeader(csv);
            IsEmpty = false;
            foreach (string column in columns.Names)
                WriteCell(column, run, log, name, value);
            csv.EndRow();
        }
    }

    private void WriteCell(string column, ExportedRun run, HyperparameterLog log, string name, Hyperparameter value)
    {
        switch (column)
        {
            case "value" when value.Number is double number:
                csv.Write(number);
                break;
            case "start_time":
                CsvColumns.WriteDate(csv, Seconds(log.StartTime));
                break;
            case "end_time":
                CsvColumns.WriteDate(csv, Seconds(log.EndTime));
                break;
            default:
                csv.WriteText(column switch
                {
                    "run" => run.Name,
                    "name" => name,
                    "value" => value.ToString(),
                    "group_name" => log.GroupName,
                    _ => log.Status.ToString(),
                });
                break;
        }
    }

    private static double Seconds(DateTimeOffset? time) => time is { } given ? UnixSeconds.Of(given) : double.NaN;
}
