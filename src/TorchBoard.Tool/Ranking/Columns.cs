using TorchBoard.Hyperparameters;
using TorchBoard.Reading;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Ranking;

/// <summary>The columns that runs have: what is known of each run, their hyperparameters and their metrics.</summary>
internal sealed class Columns
{
    public static readonly Column Run = new("run", ColumnKind.Run, run => run.Name);

    public static readonly Column Status = new(
        "status", ColumnKind.Run,
        run => TextOrNone(run.Status == RunStatus.Unknown ? "" : run.Status.ToString().ToLowerInvariant()));

    public static readonly Column Step = new(
        "step", ColumnKind.Run, run => run.LastStep is long step ? step : default(Hyperparameter));

    private static readonly Column Group = new("group", ColumnKind.Run, run => TextOrNone(run.GroupName));

    private static readonly Column Start = new("start", ColumnKind.Run, run => TextOrNone(Shown.Time(run.FirstWallTime)));

    private static readonly Column Seconds = new("seconds", ColumnKind.Run, run =>
        run.LastWallTime - run.FirstWallTime is >= 0 and var seconds ? seconds : default(Hyperparameter));

    private static readonly Column[] OfRuns = [Run, Status, Step, Group, Start, Seconds];

    private static readonly Dictionary<string, MetricChoice> Choices = new(StringComparer.Ordinal)
    {
        ["last"] = MetricChoice.Last,
        ["min"] = MetricChoice.Min,
        ["max"] = MetricChoice.Max,
        ["best"] = MetricChoice.Best,
    };

    private readonly MetricChoice _usual;
    private readonly HashSet<string> _tags;

    /// <param name="runs">The runs.</param>
    /// <param name="declared">The metrics that experiments declare.</param>
    /// <param name="usual">The value of a metric that counts if none is named.</param>
    public Columns(IReadOnlyList<RunResult> runs, IReadOnlyList<ExperimentMetric> declared, MetricChoice usual)
    {
        _usual = usual;
        Hyperparameters =
        [
            .. runs.SelectMany(run => run.Hyperparameters.Keys).Distinct().Order(NaturalOrder.Instance).Select(OfHyperparameter),
        ];
        Dictionary<string, int> places = declared
            .Select(metric => metric.SubRun.Length > 0 ? $"{metric.SubRun}/{metric.Tag}" : metric.Tag).Distinct()
            .Index().ToDictionary(tag => tag.Item, tag => tag.Index);
        Dictionary<string, int> counts = runs.SelectMany(run => run.Metrics.Keys).CountBy(tag => tag).ToDictionary();
        _tags = [.. counts.Keys];
        Metrics =
        [
            .. counts.OrderBy(tag => places.GetValueOrDefault(tag.Key, int.MaxValue))
                .ThenByDescending(tag => tag.Value).ThenBy(tag => tag.Key, NaturalOrder.Instance)
                .Select(tag => OfMetric(tag.Key, usual)),
        ];
    }

    /// <summary>The hyperparameters, by name.</summary>
    public IReadOnlyList<Column> Hyperparameters { get; }

    /// <summary>The metrics: those that an experiment declares, then those that most runs have.</summary>
    public IReadOnlyList<Column> Metrics { get; }

    /// <summary>Whether a name asks for another value of a metric than the last.</summary>
    public static bool NeedsAllValues(string name) =>
        Split(name) is { Choice: not MetricChoice.Last };

    /// <summary>Returns the column of a name; null if there is none.</summary>
    /// <param name="name">
    /// A hyperparameter, a metric, or what is known of each run, in this order; a metric may have <c>last</c>,
    /// <c>min</c>, <c>max</c> or <c>best</c> before.
    /// </param>
    /// <param name="best">The value that is the best; null if unknown.</param>
    /// <exception cref="UsageException">It is unknown what is the best.</exception>
    public Column? Find(string name, MetricChoice? best = null)
    {
        if (Hyperparameters.FirstOrDefault(column => column.Name == name) is { } hyperparameter)
            return hyperparameter;
        if (_tags.Contains(name))
            return OfMetric(name, _usual);
        if (OfRuns.FirstOrDefault(column => column.Name == name) is { } ofRun)
            return ofRun;
        if (Split(name) is not var (choice, tag) || !_tags.Contains(tag))
            return null;
        if (choice != MetricChoice.Best)
            return OfMetric(tag, choice);
        return OfMetric(tag, best ?? throw new UsageException(
            $"'{name}' is the least or the greatest value: specify 'min {tag}' or 'max {tag}'."));
    }

    /// <summary>Returns the column of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message suggests similar names.</exception>
    public Column Get(string name, MetricChoice? best = null) => Find(name, best) ?? throw Unknown(name);

    /// <summary>Returns the columns of names that may be patterns, and several with commas in between.</summary>
    public IEnumerable<Column> Matching(string names)
    {
        if (Find(names) is { } named)
            return [named];
        return names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).SelectMany(name =>
        {
            List<Column> matching = Find(name) is { } column ? [column] : [.. Hyperparameters.Concat(Metrics)
                .Where(column => Selection.Matches(name, column.Name))];
            return matching.Count > 0 ? matching : throw Unknown(name);
        });
    }

    private KeyNotFoundException Unknown(string name)
    {
        string searched = Split(name) is var (_, tag) ? tag : name;
        string[] names =
            [.. Hyperparameters.Select(column => column.Name), .. _tags, .. OfRuns.Select(column => column.Name)];
        return new KeyNotFoundException(NearestNames.Message("hyperparameters, metrics and columns of runs", searched, names));
    }

    private static Hyperparameter TextOrNone(string text) => text.Length > 0 ? text : default(Hyperparameter);

    private static (MetricChoice Choice, string Tag)? Split(string name)
    {
        int space = name.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && Choices.TryGetValue(name[..space], out MetricChoice choice)
            ? (choice, name[space..].Trim())
            : null;
    }

    private static Column OfHyperparameter(string name) => new(
        name, ColumnKind.Hyperparameter, run => run.Hyperparameters.GetValueOrDefault(name));

    private Column OfMetric(string tag, MetricChoice choice) => new(
        choice switch
        {
            MetricChoice.Min => $"min {tag}",
            MetricChoice.Max => $"max {tag}",
            MetricChoice.Last when _usual != MetricChoice.Last => $"last {tag}",
            _ => tag,
        },
        ColumnKind.Metric,
        run => run.Metrics.TryGetValue(tag, out MetricValues values) ? Value(values, choice) : default);

    private static Hyperparameter Value(MetricValues values, MetricChoice choice) => choice switch
    {
        MetricChoice.Min => values.Min,
        MetricChoice.Max => values.Max,
        MetricChoice.AtStep => values.AtStep is double value ? value : default(Hyperparameter),
        _ => values.Last,
    };
}
