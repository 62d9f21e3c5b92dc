using TorchBoard.Hyperparameters;
using TorchBoard.Tool.Exporting;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Ranking;

/// <summary>Writes ranked runs for other programs and documents.</summary>
internal static class RunExport
{
    /// <summary>Writes CSV (RFC 4180). Missing values are empty.</summary>
    public static void WriteCsv(TextWriter output, RankedRuns runs)
    {
        IReadOnlyList<Column> columns = runs.Complete();
        var csv = new CsvWriter(output, isFile: false);
        output.Write(string.Join(',', columns.Select(column => csv.Cell(column.Name))) + "\n");
        foreach (RunResult run in runs.Runs)
            output.Write(string.Join(',', columns.Select(column => Cell(column, run))) + "\n");

        // A negative number is no formula.
        string Cell(Column column, RunResult run) => column.ValueOf(run).Number is null
            ? csv.Cell(column.Exact(run))
            : column.Exact(run);
    }

    /// <summary>Writes a table with the columns that <paramref name="width"/> characters have room for.</summary>
    public static void WriteMarkdown(TextWriter output, RankedRuns runs, int width)
    {
        const int frame = 3;
        IReadOnlyList<Column> columns = runs.Fitting(
            width, column => frame + runs.Runs.Select(run => column.Shown(run).Length).Append(column.Name.Length).Max());
        output.Write(Line(columns.Select(column => column.Name)));
        output.Write("|" + string.Concat(columns.Select(column => runs.Runs.Any(run => column.ValueOf(run).Number is not null) ? "---:|" : "---|")) + "\n");
        foreach (RunResult run in runs.Runs)
            output.Write(Line(columns.Select(column => column.Shown(run))));

        static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(Markdown.Escape))} |\n";
    }

    /// <summary>Returns an object for each run.</summary>
    public static JsonFields[] ToJson(RankedRuns runs)
    {
        IReadOnlyList<Column> columns = runs.Complete();
        return [.. runs.Runs.Select(run => new JsonFields
        {
            ["run"] = run.Name,
            ["runs"] = run.Runs.ToArray(),
            ["status"] = run.Status,
            ["group"] = run.GroupName,
            ["step"] = run.LastStep,
            ["startTime"] = double.IsNaN(run.FirstWallTime) ? null : run.FirstWallTime,
            ["endTime"] = double.IsNaN(run.LastWallTime) ? null : run.LastWallTime,
            ["hyperparameters"] = Fields(run, ColumnKind.Hyperparameter),
            ["metrics"] = Fields(run, ColumnKind.Metric),
        })];

        JsonFields Fields(RunResult run, ColumnKind kind)
        {
            var fields = new JsonFields();
            foreach (Column column in columns.Where(column => column.Kind == kind))
            {
                Hyperparameter value = column.ValueOf(run);
                if ((value.Number ?? (object?)value.Boolean ?? value.Text) is { } given)
                    fields.Add(column.Name, given);
            }

            return fields;
        }
    }
}
