using TorchBoard.Testing;
using TorchBoard.Tool.Comparing;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Asserting;

/// <summary>Checks expectations about the curves of runs.</summary>
internal sealed class ExpectationCheck(IReadOnlyList<RunLog> runs, IReadOnlyList<RunLog>? baseline)
{
    /// <exception cref="UsageException">A line matches no curve, or a curve has no baseline.</exception>
    /// <exception cref="KeyNotFoundException">A line names a tag that no run contains.</exception>
    public List<CheckedExpectation> Check(IEnumerable<Expectations> lines)
    {
        var pairs = new List<(ScalarSeries, Expectation, List<ScalarSeries>)>();
        foreach (Expectations line in lines)
        {
            List<ScalarSeries> curves = [.. runs.SelectMany(run => run.Scalars.Values)
                .Where(curve => line.Matches(curve.Run, curve.Tag))];
            if (curves.Count == 0)
                ThrowUnmatched(line);
            foreach (ScalarSeries curve in curves)
                pairs.AddRange(line.Select(expectation => (curve, expectation, BaselineOf(curve, expectation))));
        }

        return Check(pairs);
    }

    /// <summary>Compares every curve with the baseline's. A curve that only one side has does not meet it.</summary>
    /// <param name="tolerance">The difference allowed.</param>
    /// <param name="allowMissing">What only one side may have.</param>
    /// <exception cref="UsageException">There is no curve to compare.</exception>
    public List<CheckedExpectation> CompareWithBaseline(Tolerance tolerance, MissingKinds allowMissing)
    {
        Expectation within = Expectation.IsWithin(tolerance, allowMissing.HasFlag(MissingKinds.Steps));
        List<(ScalarSeries Curve, ScalarSeries? Baseline)> pairs = [.. Pairs(allowMissing)];
        if (!pairs.Exists(pair => pair is { Curve.Count: > 0, Baseline: not null }))
            throw new UsageException("Nothing to compare: the baseline has no tag in common with the runs.");
        return Check([.. pairs.Select(pair => (pair.Curve, within, new List<ScalarSeries> { pair.Baseline ?? NoPoints(pair.Curve) }))]);
    }

    /// <summary>Each curve with its baseline; a curve without points for one that only the baseline has.</summary>
    private IEnumerable<(ScalarSeries Curve, ScalarSeries? Baseline)> Pairs(MissingKinds allowMissing)
    {
        RunLog[] baselines = [.. baseline ?? []];
        ILookup<string, RunLog> named = baselines.ToLookup(other => other.Name);

        // Without any run of the same name, all runs are repeats of one.
        bool haveNames = runs.Any(run => named.Contains(run.Name));
        foreach (RunLog run in runs)
        {
            RunLog[] others = haveNames ? [.. named[run.Name]] : baselines;
            if (others.Length == 0 && allowMissing.HasFlag(MissingKinds.Runs))
                continue;
            foreach (string tag in run.Scalars.Keys.Concat(others.SelectMany(other => other.Scalars.Keys)).Distinct())
            {
                ScalarSeries? curve = run.Scalars.GetValueOrDefault(tag);
                ScalarSeries? other = others.Select(log => log.Scalars.GetValueOrDefault(tag)).FirstOrDefault(one => one is not null);
                if ((curve is not null && other is not null) || !allowMissing.HasFlag(MissingKinds.Tags))
                    yield return (curve ?? NoPoints(run.Name, tag), other);
            }
        }

        if (!haveNames || allowMissing.HasFlag(MissingKinds.Runs))
            yield break;
        HashSet<string> names = [.. runs.Select(run => run.Name)];
        foreach (RunLog lost in baselines.Where(other => !names.Contains(other.Name)))
        {
            foreach (ScalarSeries curve in lost.Scalars.Values)
                yield return (NoPoints(lost.Name, curve.Tag), curve);
        }
    }

    private static ScalarSeries NoPoints(ScalarSeries like) => NoPoints(like.Run, like.Tag);

    private static ScalarSeries NoPoints(string run, string tag) => new(run, tag, [], []);

    // On all processors: curves may be long and many.
    private static List<CheckedExpectation> Check(List<(ScalarSeries Curve, Expectation Expectation, List<ScalarSeries> With)> pairs)
    {
        var results = new CheckedExpectation[pairs.Count];
        Parallel.For(0, pairs.Count, i =>
        {
            (ScalarSeries curve, Expectation expectation, List<ScalarSeries> with) = pairs[i];
            results[i] = new CheckedExpectation(curve.Run, curve.Tag, expectation, expectation.Check(curve, with));
        });
        return [.. results];
    }

    private List<ScalarSeries> BaselineOf(ScalarSeries curve, Expectation expectation)
    {
        List<ScalarSeries> with = expectation.NeedsBaseline ? BaselineOf(curve) : [];
        if (expectation.NeedsBaseline && with.Count == 0)
        {
            throw new UsageException(baseline is null
                ? $"'{expectation}' requires a baseline. Specify one with --baseline DIR."
                : $"The baseline has no curve '{curve.Tag}' to compare with run '{curve.Run}'.");
        }

        return with;
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
