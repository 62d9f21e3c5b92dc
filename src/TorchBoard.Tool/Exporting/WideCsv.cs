namespace TorchBoard.Tool.Exporting;

/// <summary>
/// Writes scalars as CSV with a column for each tag, one line for each step of a run. The curves of one run are in
/// memory.
/// </summary>
/// <param name="csv">The writer.</param>
/// <param name="columns">The columns before those of the tags.</param>
/// <param name="tagsOfAllRuns">The tags, in the order of their columns.</param>
internal sealed class WideCsv(CsvWriter csv, CsvColumns columns, IReadOnlyList<string> tagsOfAllRuns) : TextExport
{
    public override void Write(ExportedRun run, string[] tags, CancellationToken cancellationToken)
    {
        Dictionary<string, Column> byTag = run.Curves(tags).ToDictionary(curve => curve.Tag, Column.Of);
        if (byTag.Count == 0)
            return;
        if (IsEmpty)
            columns.WriteHeader(csv, tagsOfAllRuns);
        IsEmpty = false;
        Column?[] inOrder = [.. tagsOfAllRuns.Select(tag => byTag.GetValueOrDefault(tag))];
        string runCell = csv.Cell(run.Name);
        while (byTag.Values.Where(column => column.HasMore).Min(column => (long?)column.Step) is long step)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double wallTime = byTag.Values.Where(column => column.IsAt(step)).Max(column => column.WallTime);
            columns.Write(csv, run, runCell, "", step, wallTime, null);
            foreach (Column? column in inOrder)
            {
                if (column?.IsAt(step) == true)
                    csv.Write(column.Take());
                else
                    csv.WriteCell("");
            }

            csv.EndRow();
        }
    }

    /// <summary>A curve by ascending steps. If a step repeats, its last value counts.</summary>
    private sealed class Column
    {
        private readonly long[] _steps;
        private readonly double[] _values;
        private readonly double[] _wallTimes;
        private int _next;

        private Column(long[] steps, double[] values, double[] wallTimes)
        {
            _steps = steps;
            _values = values;
            _wallTimes = wallTimes;
        }

        public bool HasMore => _next < _steps.Length;

        public long Step => _steps[_next];

        public double WallTime => _wallTimes[_next];

        public static Column Of(ExportedCurve curve)
        {
            long[] steps = [.. curve.Parts.SelectMany(part => part.Steps.ToArray())];
            double[] values = [.. curve.Parts.SelectMany(part => part.Values.ToArray())];
            double[] wallTimes = [.. curve.Parts.SelectMany(part => part.WallTimes.ToArray())];
            if (IsAscending(steps))
                return new Column(steps, values, wallTimes);

            // The sort is stable.
            int[] order = [.. Enumerable.Range(0, steps.Length).OrderBy(i => steps[i])];
            int[] last = [.. order.Where((at, i) => i == order.Length - 1 || steps[order[i + 1]] != steps[at])];
            return new Column(
                [.. last.Select(at => steps[at])], [.. last.Select(at => values[at])], [.. last.Select(at => wallTimes[at])]);
        }

        public bool IsAt(long step) => HasMore && Step == step;

        public double Take() => _values[_next++];

        private static bool IsAscending(long[] steps)
        {
            for (int i = 1; i < steps.Length; i++)
            {
                if (steps[i] <= steps[i - 1])
                    return false;
            }

            return true;
        }
    }
}
