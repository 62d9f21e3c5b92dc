using TorchBoard.Tool.Output;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Comparing;

/// <summary>Something that only one side of a comparison has, or only some of its runs.</summary>
/// <param name="Kind">Whether it is a run, a tag or steps.</param>
/// <param name="Run">The run; empty if each side has several runs.</param>
/// <param name="Tag">The tag; empty for a run.</param>
/// <param name="Text">A sentence.</param>
internal sealed record MissingData(MissingKinds Kind, string Run, string Tag, string Text)
{
    /// <summary>The runs of one side that have no counterpart of the same name.</summary>
    public static IEnumerable<MissingData> OfRuns(List<RunLog> a, List<RunLog> b)
    {
        foreach ((string side, List<RunLog> runs, List<RunLog> others) in
            ((string, List<RunLog>, List<RunLog>)[])[("A", a, b), ("B", b, a)])
        {
            HashSet<string> names = [.. others.Select(other => other.Name)];
            var inAnyCase = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);
            foreach (RunLog run in runs.Where(run => !names.Contains(run.Name)))
            {
                string hint = inAnyCase.TryGetValue(run.Name, out string? alike)
                    ? $"; the other side has '{alike}', which differs in case"
                    : "";
                yield return new MissingData(MissingKinds.Runs, run.Name, "", $"The run '{run.Name}' is only in {side}{hint}.");
            }
        }
    }

    /// <summary>The tags that only one side has, or only some of the runs of a side.</summary>
    public static IEnumerable<MissingData> OfTags(string run, List<RunLog> a, List<RunLog> b, string[] tags)
    {
        string[] all = [.. a.Concat(b).SelectMany(log => log.Scalars.Keys).Distinct(StringComparer.Ordinal)
            .Where(tag => Selection.Matches(tags, tag))];
        foreach (string tag in all)
        {
            bool isInA = a.Exists(log => log.Scalars.ContainsKey(tag));
            bool isInB = b.Exists(log => log.Scalars.ContainsKey(tag));
            if (!isInA || !isInB)
            {
                yield return new MissingData(MissingKinds.Tags, run, tag, $"'{tag}'{Of(run)} is only in {(isInA ? "A" : "B")}.");
                continue;
            }

            foreach (RunLog log in a.Concat(b).Where(log => !log.Scalars.ContainsKey(tag)))
            {
                string side = a.Contains(log) ? "A" : "B";
                yield return new MissingData(
                    MissingKinds.Tags, log.Name, tag, $"The run '{log.Name}' of {side} has no '{tag}', unlike its other runs.");
            }
        }
    }

    /// <summary>The steps of a curve that only one side has, or only some of the runs of a side.</summary>
    public static IEnumerable<MissingData> OfSteps(
        string run, string tag, List<ScalarSeries> a, List<ScalarSeries> b)
    {
        HashSet<long> stepsOfA = [.. a.SelectMany(Steps)];
        HashSet<long> stepsOfB = [.. b.SelectMany(Steps)];
        foreach ((string side, HashSet<long> steps, HashSet<long> others) in
            ((string, HashSet<long>, HashSet<long>)[])[("A", stepsOfA, stepsOfB), ("B", stepsOfB, stepsOfA)])
        {
            if (Range(steps.Except(others)) is { } range)
                yield return new MissingData(MissingKinds.Steps, run, tag, $"'{tag}'{Of(run)} has {range} only in {side}.");
        }

        foreach ((string side, List<ScalarSeries> runs, HashSet<long> steps) in
            ((string, List<ScalarSeries>, HashSet<long>)[])[("A", a, stepsOfA), ("B", b, stepsOfB)])
        {
            foreach (ScalarSeries one in runs.Where(_ => runs.Count > 1))
            {
                if (Range(steps.Except(Steps(one))) is { } range)
                {
                    yield return new MissingData(
                        MissingKinds.Steps, one.Run, tag, $"The run '{one.Run}' of {side} lacks {range} of '{tag}'.");
                }
            }
        }
    }

    private static IEnumerable<long> Steps(ScalarSeries series) => series.Steps.ToArray();

    private static string Of(string run) => run.Length > 0 ? $" of the run '{run}'" : "";

    private static string? Range(IEnumerable<long> steps)
    {
        long[] sorted = [.. steps.Order()];
        return sorted.Length switch
        {
            0 => null,
            1 => $"step {Shown.Step(sorted[0])}",
            _ => $"{Shown.Count(sorted.Length, "step")} from {Shown.Step(sorted[0])} to {Shown.Step(sorted[^1])}",
        };
    }
}
