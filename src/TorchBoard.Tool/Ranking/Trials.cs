namespace TorchBoard.Tool.Ranking;

/// <summary>
/// Joins the runs that are one trial, as TensorBoard's HParams dashboard does: the sub-runs of a run with
/// hyperparameters are a part of it, and their metrics are named after them.
/// </summary>
/// <remarks>
/// PyTorch writes hyperparameters and final metrics to a sub-run, whose name is the time, and the curves to the run
/// above, which the dashboard omits. They are one trial here if the run has no other one.
/// </remarks>
internal static class Trials
{
    private const string Root = ".";

    public static List<RunResult> Join(IReadOnlyList<RunResult> runs)
    {
        Dictionary<string, RunResult> trials = [];
        foreach (RunResult run in runs.Where(run => run.IsTrial))
            trials.Add(run.Name, run);
        AddParents(trials, runs);

        var rows = new List<RunResult>();
        var added = new HashSet<RunResult>();
        foreach (RunResult run in runs)
        {
            (string Above, RunResult Trial)? part = TrialOf(run.Name, trials);
            RunResult row = part?.Trial ?? run;
            if (added.Add(row))
                rows.Add(row);
            if (part is var (above, trial) && !trial.Runs.Contains(run.Name))
                trial.Add(run, run.Name[(above.Length + 1)..] + "/");
        }

        rows.RemoveAll(row => !row.IsTrial && row.Metrics.Count == 0);
        return rows;
    }

    private static void AddParents(Dictionary<string, RunResult> trials, IReadOnlyList<RunResult> runs)
    {
        Dictionary<string, RunResult> named = runs.Where(run => !run.IsTrial && run.Metrics.Count > 0)
            .ToDictionary(run => run.Name, StringComparer.Ordinal);
        List<IGrouping<string?, RunResult>> below = [.. trials.Values.GroupBy(run => ParentOf(run.Name))];
        foreach (IGrouping<string?, RunResult> children in below)
        {
            if (children.Key is { } name && named.TryGetValue(name, out RunResult? parent) && children.Count() == 1
                && (name != Root || IsTime(children.Single().Name)))
            {
                RunResult trial = children.Single();
                trial.BecomeTrialOf(parent);
                trials.Add(name, trial);
            }
        }
    }

    private static (string Above, RunResult Trial)? TrialOf(string run, Dictionary<string, RunResult> trials)
    {
        for (string? name = run; name is not null; name = ParentOf(name))
        {
            // As in TensorBoard, the runs of a log directory are not sub-runs of the one in it.
            if (trials.TryGetValue(name, out RunResult? trial) && (name != Root || run == Root))
                return (name, trial);
        }

        return null;
    }

    private static string? ParentOf(string run) => run == Root ? null
        : run.LastIndexOf('/') is var slash and >= 0 ? run[..slash]
        : Root;

    private static bool IsTime(string name) => name.All(c => char.IsAsciiDigit(c) || c == '.');
}
