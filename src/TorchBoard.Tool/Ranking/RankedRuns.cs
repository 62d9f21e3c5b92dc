using TorchBoard.Hyperparameters;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Ranking;

/// <summary>The runs to show, in their order, and what to show of them.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Total">The number of runs before filtering.</param>
/// <param name="Matching">The number of runs that meet all conditions.</param>
/// <param name="Chosen">The columns that were asked for by name; null for the usual ones.</param>
/// <param name="Used">The columns by which the runs are filtered and sorted.</param>
/// <param name="All">All columns.</param>
internal sealed record RankedRuns(
    IReadOnlyList<RunResult> Runs, int Total, int Matching, IReadOnlyList<Column>? Chosen, IReadOnlyList<Column> Used,
    Columns All)
{
    /// <summary>How many runs there are, in words.</summary>
    public string Count => (Runs.Count < Matching, Matching < Total) switch
    {
        (true, true) => $"{Shown.Count(Runs.Count)} of {Shown.Count(Matching)} matching runs, of {Shown.Count(Total, "run")}",
        (false, true) => $"{Shown.Count(Matching)} of {Shown.Count(Total, "run")}",
        (true, false) => $"{Shown.Count(Runs.Count)} of {Shown.Count(Total, "run")}",
        _ => Shown.Count(Total, "run"),
    };

    /// <summary>Returns the chosen columns, or all that have a value, in the order of a file.</summary>
    public IReadOnlyList<Column> Complete() => Chosen ?? Usual(All.Hyperparameters, All.Metrics);

    /// <summary>
    /// Returns the usual columns for a width: the most important that fit, without hyperparameters that are the same in all runs.
    /// </summary>
    /// <param name="width">The width.</param>
    /// <param name="widthOf">Returns the width of a column.</param>
    public IReadOnlyList<Column> Fitting(int width, Func<Column, int> widthOf)
    {
        if (Chosen is not null)
            return Chosen;
        List<Column> important = Usual([], []);
        int left = width - important.Sum(widthOf);
        HashSet<Column> same = [.. Same().Select(same => same.Column)];
        List<Column> settings = [.. All.Hyperparameters.Where(column => !same.Contains(column))];
        HashSet<Column> fitting = [];
        foreach (Column column in Alternating(settings, All.Metrics).Where(column => !important.Contains(column)))
        {
            if ((left -= widthOf(column)) < 0)
                break;
            fitting.Add(column);
        }

        return Usual([.. settings.Where(fitting.Contains)], [.. All.Metrics.Where(fitting.Contains)]);
    }

    /// <summary>Returns the hyperparameters that are the same in all of several runs, with their values.</summary>
    public IEnumerable<(Column Column, string Value)> Same() => Runs.Count < 2 ? [] : All.Hyperparameters
        .Where(column => !Used.Contains(column))
        .Where(column => Runs.All(run => column.ValueOf(run) == column.ValueOf(Runs[0])))
        .Select(column => (column, column.Shown(Runs[0])));

    private List<Column> Usual(IReadOnlyList<Column> settings, IReadOnlyList<Column> metrics)
    {
        List<Column> ofRuns =
            [Columns.Run, .. Runs.Any(run => run.Status != RunStatus.Unknown) ? [Columns.Status] : (Column[])[], Columns.Step];
        HashSet<Column> shown = [.. settings, .. Used];
        return
        [
            .. ofRuns.Concat(All.Hyperparameters.Where(shown.Contains))
                .Concat(Used.Where(column => column.Kind != ColumnKind.Hyperparameter)).Concat(metrics).Distinct(),
        ];
    }

    private static IEnumerable<Column> Alternating(List<Column> some, IReadOnlyList<Column> others)
    {
        for (int i = 0; i < Math.Max(some.Count, others.Count); i++)
        {
            if (i < some.Count)
                yield return some[i];
            if (i < others.Count)
                yield return others[i];
        }
    }
}
