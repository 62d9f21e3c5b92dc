using Spectre.Console;

namespace TorchBoard.Tool.Output;

/// <summary>Shows the curves of one tag: a chart, the extremes and the last points.</summary>
internal sealed class CurveView(Terminal terminal, CurveStyle style)
{
    private const int BriefHeight = 8;
    private const int FullHeight = 14;

    // Of many runs, those that end lowest and highest.
    private const int ShownEnds = 3;

    /// <summary>Whether to show only the chart.</summary>
    public bool IsBrief { get; init; }

    /// <summary>Number of last points to list.</summary>
    public int Points { get; init; }

    public void Write(string tag, IReadOnlyList<ScalarSeries> curves)
    {
        terminal.WriteChart(
            CurveChart.Of(tag, curves, terminal.ChartWidth, IsBrief ? BriefHeight : FullHeight, style));
        terminal.WriteLine();
        if (IsBrief)
            return;
        if (style.DrawsRange(curves.Count))
        {
            WriteEnds(curves);
            return;
        }

        WriteSummary(curves);
        if (Points == 0)
            return;
        Table points = Tables.New("Run", ">Step", ">Value", "Written (UTC)");
        foreach (ScalarSeries curve in curves)
        {
            for (int i = Math.Max(0, curve.Count - Points); i < curve.Count; i++)
                points.AddCells([.. Point(curve, i)]);
        }

        terminal.WriteLine();
        terminal.Write(points);
        terminal.WriteLine();
    }

    /// <summary>Writes the value of each curve at a step, or at the nearest that it has.</summary>
    public void WriteAt(long step, string tag, IReadOnlyList<ScalarSeries> curves)
    {
        bool areExact = true;
        Table points = Tables.New("Run", ">Step", ">Value", "Written (UTC)", "");
        foreach (ScalarSeries curve in curves)
        {
            if (IndexOfNearest(curve, step) is not int at)
            {
                points.AddCells(curve.Run, "", "no points");
                continue;
            }

            bool isExact = curve.Steps[at] == step;
            areExact &= isExact;
            points.AddCells([.. Point(curve, at), isExact ? "" : "nearest"]);
        }

        string missing = areExact ? "" : "  not every run has it";
        terminal.WriteLine($"{terminal.Bold(Printable.Line(tag))}  {terminal.Dim($"step {Shown.Step(step)}{missing}")}");
        terminal.Write(points);
        terminal.WriteLine();
    }

    // The last of the points at a step counts, as elsewhere.
    private static int? IndexOfNearest(ScalarSeries curve, long step)
    {
        int? nearest = null;
        double least = double.PositiveInfinity;
        for (int i = 0; i < curve.Count; i++)
        {
            double distance = Math.Abs((double)curve.Steps[i] - step);
            if (distance <= least)
                (nearest, least) = (i, distance);
        }

        return nearest;
    }

    private static string[] Point(ScalarSeries curve, int at) =>
        [curve.Run, Shown.Step(curve.Steps[at]), Shown.Exact(curve.Values[at]), Shown.Time(curve.WallTimes[at])];

    private void WriteEnds(IReadOnlyList<ScalarSeries> curves)
    {
        // NaN is neither high nor low, but must not be hidden.
        ScalarSeries[] ended = [.. curves.Where(curve => curve.Count > 0)
            .OrderBy(curve => double.IsNaN(curve.Values[^1]) ? double.PositiveInfinity : curve.Values[^1])];
        List<ScalarSeries> shown = ended.Length <= 2 * ShownEnds ? [.. ended] : [.. ended[..ShownEnds], .. ended[^ShownEnds..]];
        WriteSummary(shown);
        int nan = ended.Count(curve => double.IsNaN(curve.Values[^1]));
        string notes = nan > 0 ? $"; {Shown.Count(nan)} end in NaN" : "";
        terminal.WriteLine(terminal.Dim(
            $"  The runs that end lowest and highest{notes}. {Shown.Count(curves.Count - shown.Count, "more run")}: --all shows each."));
        terminal.WriteLine();
    }

    private void WriteSummary(IReadOnlyList<ScalarSeries> curves)
    {
        Table summary = Tables.New("Run", ">Points", ">First", ">Last", ">Min", ">at step", ">Max", ">at step");
        foreach (ScalarSeries curve in curves)
            AddSummary(summary, curve);
        terminal.Write(summary);
    }

    private static void AddSummary(Table table, ScalarSeries curve)
    {
        int least = -1;
        int greatest = -1;
        for (int i = 0; i < curve.Count; i++)
        {
            double value = curve.Values[i];
            if (double.IsNaN(value))
                continue;
            least = least < 0 || value < curve.Values[least] ? i : least;
            greatest = greatest < 0 || value > curve.Values[greatest] ? i : greatest;
        }

        table.AddCells(
            curve.Run,
            Shown.Count(curve.Count),
            curve.Count > 0 ? Shown.Value(curve.Values[0]) : "",
            curve.Count > 0 ? Shown.Value(curve.Values[^1]) : "",
            least < 0 ? "" : Shown.Value(curve.Values[least]),
            least < 0 ? "" : Shown.Step(curve.Steps[least]),
            greatest < 0 ? "" : Shown.Value(curve.Values[greatest]),
            greatest < 0 ? "" : Shown.Step(curve.Steps[greatest]));
    }
}
