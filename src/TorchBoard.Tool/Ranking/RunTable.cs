using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Ranking;

/// <summary>Shows ranked runs as a table that fits the terminal.</summary>
internal sealed class RunTable(Terminal terminal, RankedRuns runs)
{
    private const int ShownNames = 8;
    private const int LeastWidth = 24;

    // So that a long name does not hide everything else. What is cut is the middle, because names often differ at the end.
    private readonly int _longest = Math.Max(LeastWidth, terminal.Width / 3);

    public void Write()
    {
        IReadOnlyList<Column> columns = runs.Fitting(
            terminal.Width, column => TextTable.Gap + Cells(column).Max(TextTable.WidthOf));
        var table = new TextTable([.. columns.Select(column => (IsNumeric(column) ? ">" : "") + Cut(column.Name))]);
        foreach (RunResult run in runs.Runs)
            table.AddCells([.. columns.Select(column => Cut(column.Shown(run)))]);
        table.Write(terminal);
        terminal.WriteLine();
        terminal.WriteLine(terminal.Dim(runs.Count));
        foreach (string note in Notes(columns))
            terminal.WriteLine(terminal.Dim(Printable.Line(note)));
    }

    private IEnumerable<string> Notes(IReadOnlyList<Column> columns)
    {
        if (runs.Chosen is not null)
            yield break;
        List<(Column Column, string Value)> same = [.. runs.Same()];
        if (same.Count > 0)
            yield return $"The same in all: {List([.. same.Select(one => $"{one.Column.Name} {one.Value}")])}.";
        HashSet<Column> shown = [.. columns, .. same.Select(one => one.Column)];
        List<string> left = [.. runs.All.Hyperparameters.Concat(runs.All.Metrics).Except(shown).Select(column => column.Name)];
        if (left.Count > 0)
        {
            yield return $"Not shown: {List(left)}. --columns selects columns; --format csv has all.";
        }
    }

    private static string List(List<string> names) => names.Count > ShownNames + 1
        ? $"{string.Join(", ", names.Take(ShownNames))} and {Shown.Count(names.Count - ShownNames)} more"
        : string.Join(", ", names);

    private IEnumerable<string> Cells(Column column) =>
        runs.Runs.Select(run => Cut(column.Shown(run))).Prepend(Cut(Printable.Line(column.Name)));

    private bool IsNumeric(Column column) => runs.Runs.Any(run => column.ValueOf(run).Number is not null);

    private string Cut(string text)
    {
        if (text.Length <= _longest)
            return text;
        int half = (_longest - 1) / 2;
        return $"{text[..half]}…{text[^half..]}";
    }
}
