using TorchBoard.Testing;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Asserting;

/// <summary>Checks expectations about the curves of runs.</summary>
internal sealed class ExpectationCheck(IReadOnlyList<RunLog> runs, IReadOnlyList<RunLog>? baseline)
{
    /// <exception cref="UsageException">A line matches no curve, or a curve has no baseline.</exception>
    /// <exception cref="KeyNotFoundException">A line names a tag that no run contains.</exception>
    public List<CheckedExpectation> Check(IEnumerable<Expectations> lines)
    {
        var results = new List<CheckedExpectation>();
        foreach (Expectations line in lines)
        {
            List<ScalarSeries> curves = [.. runs.SelectMany(run => run.Scalars.Values)
                .Where(curve => line.Matches(curve.Run, curve.Tag))];
            if (curves.Count == 0)
                ThrowUnmatched(line);
            foreach (ScalarSeries curve in curves)
                results.AddRange(line.Select(expectation => Check(curve, expectation)));
        }

        return results;
    }

    /// <summary>Compares every curve that the baseline also contains.</summary>
    /// <exception cref="UsageException">There is no such curve.</exception>
    public List<CheckedExpectation> CompareWithBaseline(Tolerance tolerance)
    {
        Expectation within = Expectation.IsWithin(tolerance);
        List<CheckedExpectation> results = [.. runs.SelectMany(run => run.Scalars.Values)
            .Where(curve => BaselineOf(curve).Count > 0)
            .Select(curve => Check(curve, within))];
        return results.Count > 0
            ? results
            : throw new UsageException("Nothing to compare: the baseline has no tag in common with the runs.");
    }

    private CheckedExpectation Check(ScalarSeries curve, Expectation expectation)
    {
        List<ScalarSeries> with = expectation.NeedsBaseline ? BaselineOf(curve) : [];
        if (expectation.NeedsBaseline && with.Count == 0)
        {
            throw new UsageException(baseline is null
                ? $"'{expectation}' requires a baseline. Specify one with --baseline DIR."
                : $"The baseline has no curve '{curve.Tag}' to compare with run '{curve.Run}'.");
        }

        return new CheckedExpectation(curve.Run, curve.Tag, expectation, expectation.Check(curve, with));
    }

    // The run of the same name, or all runs that have the tag (several seeds) if there is none.
    private List<ScalarSeries> BaselineOf(ScalarSeries curve)
    {
        List<ScalarSeries> all = [.. (baseline ?? [])
            .Where(run => run.Scalars.ContainsKey(curve.Tag)).Select(run => run.Scalars[curve.Tag])];
        return all.FindAll(series => series.Run == curve.Run) is { Count: > 0 } same ? same : all;
    }

    private void ThrowUnmatched(Expectations line)
    {
        if (runs.SelectMany(run => run.Scalars.Keys).Any(tag => Selection.Matches(line.TagPattern, tag)))
            throw new UsageException($"'{line.Text}' matches no curve: no run '{line.RunPattern}' has the tag.");
        RunLog richest = runs.MaxBy(run => run.Scalars.Count)!;
        _ = richest.Scalars[line.TagPattern];
    }
}
