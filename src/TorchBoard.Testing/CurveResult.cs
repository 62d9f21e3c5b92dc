using System.Text;
using TorchBoard.Figures;

namespace TorchBoard.Testing;

/// <summary>The result of checking a curve. Immutable and thread-safe.</summary>
public sealed class CurveResult
{
    internal CurveResult(
        Curve curve, string expected, Finding finding, IReadOnlyList<Curve> baselines, IReadOnlyList<double> limits)
    {
        Curve = curve;
        Expected = expected;
        Seen = finding.Seen;
        Passed = finding.Passed;
        if (finding.Point is int point)
        {
            Step = curve.Steps[point];
            Value = curve.Values[point];
        }

        Baselines = baselines;
        Limits = limits;
    }

    /// <summary>Whether the curve meets the expectation.</summary>
    public bool Passed { get; }

    /// <summary>What was expected, such as <c>ends below 0.1</c>.</summary>
    public string Expected { get; }

    /// <summary>What was seen, such as <c>the last value is 0.25</c>.</summary>
    public string Seen { get; }

    /// <summary>The step at which it was seen; null if it does not concern a single point.</summary>
    public long? Step { get; }

    /// <summary>The value at that step; null if there is no such step.</summary>
    public double? Value { get; }

    /// <summary>The checked curve, smoothed and cut as the expectation says.</summary>
    public Curve Curve { get; }

    /// <summary>The baselines, smoothed as the expectation says; empty if the expectation needs none.</summary>
    public IReadOnlyList<Curve> Baselines { get; }

    /// <summary>
    /// The values that the curve must stay, end or come above or below, which may be infinite; empty if the expectation has
    /// none.
    /// </summary>
    public IReadOnlyList<double> Limits { get; }

    /// <summary>
    /// Returns what was expected, what was seen and where, one line each, followed by a text chart of the curve with
    /// its limits and baseline if it has points. Lines are separated by <c>\n</c>.
    /// </summary>
    public override string ToString() => Curve.Count == 0 ? Summary() : Summary() + "\n\n" + Chart();

    /// <summary>
    /// Returns what was expected, what was seen and where, one line each, separated by <c>\n</c>, without the chart.
    /// </summary>
    public string Summary()
    {
        var text = new StringBuilder();
        text.Append($"Expected: {OneLine.Of(Curve.Tag)} {Expected}\n");
        text.Append($"Seen:     {Seen}\n");
        text.Append("Where:    ");
        if (Curve.Run.Length > 0)
            text.Append($"run {OneLine.Of(Curve.Run)}, ");
        text.Append($"tag {OneLine.Of(Curve.Tag)}");
        if (Step is long step)
            text.Append($", step {Number.Text(step)}, value {Number.Seen(Value!.Value)}");
        return text.ToString();
    }

    /// <summary>Returns the text chart.</summary>
    internal string Chart()
    {
        // There may be many baseline runs; more than a few would hide the curve.
        const int mostBaselines = 5;
        Curve[] baselines = [.. Baselines.Take(mostBaselines)];
        double[] drawn = [.. baselines.SelectMany(baseline => baseline.Finite().Values), .. Curve.Finite().Values, .. Limits];

        var chart = new TextChart { Height = 10, LogarithmicY = Decades.AreSpanned(drawn) };
        foreach (double limit in Limits)
            chart.Add("limit", [Curve.Steps[0], Curve.Steps[^1]], [limit, limit]);

        foreach (Curve baseline in baselines)
            chart.Add($"baseline {baseline.Run}".TrimEnd(), baseline.Steps, baseline.Values);
        chart.Add(Curve.Tag, Curve.Steps, Curve.Values);
        return chart.ToString();
    }
}
