using System.Text.Json.Serialization;
using TorchBoard.Hyperparameters;
using TorchBoard.Indexing;
using TorchBoard.Reading;

namespace TorchBoard.Server.Http;

/// <summary>The trials among some runs, which are those that have hyperparameters: <c>/api/hyperparameters</c>.</summary>
/// <param name="Version">The version of the index before it was read.</param>
/// <param name="Names">The names of the hyperparameters of all trials, in natural order.</param>
/// <param name="Metrics">The metrics of the experiments, in their order; none if no experiment was written.</param>
/// <param name="Rows">The trials, in natural order of their names.</param>
internal sealed record TrialList(
    long Version, IReadOnlyList<string> Names, IReadOnlyList<TrialList.Metric> Metrics, IReadOnlyList<TrialList.Row> Rows)
{
    public static ApiAnswer Answer(ApiRequest request) => ApiAnswer.Of(Of(request), PageJson.Default.TrialList);

    private static TrialList Of(ApiRequest request)
    {
        long version = request.Served.Version;
        var asked = request.Runs.Select(run => run.Id).ToHashSet();
        var trials = new List<(int Id, HyperparameterLog Log)>();
        foreach ((int id, IndexedRun run) in request.Served.Runs)
        {
            if (asked.Contains(id) && run.Hyperparameters is { } log)
                trials.Add((id, log));
        }

        string[] names = [.. trials.SelectMany(trial => trial.Log.Values.Keys).Distinct(StringComparer.Ordinal)
            .Order(NaturalOrder.Instance)];
        Metric[] metrics = [.. trials.SelectMany(trial => trial.Log.Experiment?.Metrics ?? [])
            .Select(metric => new Metric(metric.Tag, metric.SubRun, metric.DisplayName)).Distinct()];

        // An experiment alone is not a trial.
        return new TrialList(
            version, names, metrics,
            [.. trials.Where(trial => trial.Log.Values.Count > 0 || trial.Log.StartTime is not null)
                .Select(trial => RowOf(trial.Id, trial.Log, names))]);
    }

    private static Row RowOf(int id, HyperparameterLog log, string[] names) => new(
        id,
        log.Status switch
        {
            RunStatus.Success => "success",
            RunStatus.Failure => "failure",
            RunStatus.Running => "running",
            _ => "unknown",
        },
        log.GroupName, Seconds(log.StartTime), Seconds(log.EndTime),
        [.. names.Select(name => log.Values.TryGetValue(name, out Hyperparameter value) ? ValueOf(value) : null)]);

    private static Value? ValueOf(Hyperparameter value) => value switch
    {
        { Number: { } number } => new Value(number),
        { Boolean: { } truth } => new Value(truth),
        { Text: { } text } => new Value(text),
        _ => null,
    };

    private static double? Seconds(DateTimeOffset? time) => time is { } known ? known.ToUnixTimeMilliseconds() / 1000.0 : null;

    /// <summary>A scalar by which the trials are compared.</summary>
    /// <param name="Tag">The tag.</param>
    /// <param name="SubRun">The sub-run that has it; empty for the trial's run itself.</param>
    /// <param name="Name">The name to show; empty for the tag.</param>
    internal sealed record Metric(string Tag, string SubRun, string Name);

    /// <summary>A trial.</summary>
    /// <param name="Run">The number of the run.</param>
    /// <param name="Status">How it ended, or unknown, or running.</param>
    /// <param name="Group">The group of trials to which it belongs; may be empty.</param>
    /// <param name="Start">Seconds since 1970; null if unknown.</param>
    /// <param name="End">Seconds since 1970; null if unknown.</param>
    /// <param name="Values">The values, in the order of <see cref="Names"/>; null where there is none.</param>
    internal sealed record Row(int Run, string Status, string Group, double? Start, double? End, IReadOnlyList<Value?> Values);

    /// <summary>A number, a text or a truth value.</summary>
    [JsonConverter(typeof(ValueConverter))]
    internal sealed record Value(object Content);
}
