using Spectre.Console;

namespace TorchBoard.Tool.Output;

/// <summary>Shows the curves of one tag: a chart, the extremes and the last points.</summary>
internal sealed class CurveView(Terminal terminal)
{
    private const int BriefHeight = 8;
    private const int FullHeight = 14;

    public double Smoothing { get; init; }

    public bool IsLogarithmic { get; init; }

    /// <summary>Whether to show only the chart.</summary>
    public bool IsBrief { get; init; }

    /// <summary>Number of last points to list.</summary>
    public int Points { get; init; }

    public void Write(string tag, IReadOnlyList<ScalarSeries> curves)
    {
        terminal.WriteChart(CurveChart.Of(
            tag, curves, terminal.ChartWidth, IsBrief ? BriefHeight : FullHeight, Smoothing, IsLogarithmic));
        terminal.WriteLine();
        if (IsBrief)
            return;

        Table summary = Tables.New("Run", ">Points", ">First", ">Last", ">Min", ">at step", ">Max", ">at step");
        foreach (ScalarSeries curve in curves)
            AddSummary(summary, curve);
        terminal.Write(summary);

        if (Points == 0)
            return;
        Table points = Tables.New("Run", ">Step", ">Value", "Written (UTC)");
        foreach (ScalarSeries curve in curves)
        {
            for (int i = Math.Max(0, curve.Count - Points); i < curve.Count; i++)
            {
                points.AddCells(
                    curve.Run, Shown.Step(curve.Steps[i]), Shown.Exact(curve.Values[i]),
                    Shown.Time(curve.WallTimes[i]));
            }
        }

        terminal.WriteLine();
        terminal.Write(points);
        terminal.WriteLine();
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
