using TorchBoard.Hyperparameters;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Ranking;

/// <summary>The hyperparameters of a run and the metrics that it came to; of a trial, those of its sub-runs, too.</summary>
internal sealed class RunResult
{
    private const string HyperparameterTags = "_hparams_/";

    private readonly Dictionary<string, MetricValues> _metrics = new(StringComparer.Ordinal);

    private RunResult(RunLog run)
    {
        Name = run.Name;
        Runs = [run.Name];
        if (run.Hyperparameters is not { } log)
            return;
        DeclaredMetrics = [.. log.Experiment?.Metrics ?? []];
        IsTrial = log.StartTime is not null;
        Hyperparameters = log.Values;
        Status = log.Status;
        GroupName = log.GroupName;
    }

    /// <summary>The name of the run; of a trial, that of the run whose training it is.</summary>
    public string Name { get; private set; }

    /// <summary>The names of the runs that the values come from.</summary>
    public List<string> Runs { get; }

    /// <summary>Whether the run has recorded hyperparameters, possibly none.</summary>
    public bool IsTrial { get; }

    public IReadOnlyDictionary<string, Hyperparameter> Hyperparameters { get; } = new Dictionary<string, Hyperparameter>();

    /// <summary>The metrics by tag; those of a sub-run with its name before.</summary>
    public IReadOnlyDictionary<string, MetricValues> Metrics => _metrics;

    /// <summary>The metrics that the run's experiment declares.</summary>
    public IReadOnlyList<ExperimentMetric> DeclaredMetrics { get; } = [];

    public RunStatus Status { get; }

    public string GroupName { get; } = "";

    /// <summary>The last step of any curve; null if there is none.</summary>
    public long? LastStep { get; private set; }

    /// <summary>The wall time of the first value of any curve.</summary>
    public double FirstWallTime { get; private set; } = double.NaN;

    public double LastWallTime { get; private set; } = double.NaN;

    /// <summary>Reads only what is needed.</summary>
    /// <param name="tags">The patterns of the metrics.</param>
    /// <param name="isLastOnly">Whether the last value of a curve is enough.</param>
    public static RunLogOptions Options(IReadOnlyCollection<string> tags, bool isLastOnly) => new()
    {
        Kinds = [TagKind.Scalar, TagKind.Hyperparameters],
        Graphs = false,
        MaxPoints = isLastOnly ? 2 : null,
        Tags = tag => tag.StartsWith(HyperparameterTags, StringComparison.Ordinal) || Selection.Matches(tags, tag),
    };

    /// <param name="run">The run.</param>
    /// <param name="step">The step whose values may be asked for.</param>
    /// <param name="names">Names of tags, of which there are many equal ones.</param>
    public static RunResult Of(RunLog run, long? step, Dictionary<string, string> names)
    {
        var result = new RunResult(run);
        foreach (ScalarSeries curve in run.Scalars.Values.Where(curve => curve.Count > 0))
        {
            if (!names.TryGetValue(curve.Tag, out string? tag))
                names.Add(tag = curve.Tag, tag);
            result._metrics.Add(tag, MetricValues.Of(curve, step));
            result.Extend(curve.Info!.LastStep, curve.WallTimes[0], curve.WallTimes[^1]);
        }

        return result;
    }

    /// <summary>Adds a run that is a part of this trial.</summary>
    /// <param name="part">The run.</param>
    /// <param name="prefix">What precedes the tags of the run.</param>
    public void Add(RunResult part, string prefix)
    {
        Runs.Add(part.Name);
        foreach ((string tag, MetricValues values) in part._metrics)
            _metrics.TryAdd(prefix + tag, values);
        if (part.LastStep is long step)
            Extend(step, part.FirstWallTime, part.LastWallTime);
    }

    /// <summary>Takes the name of the run that contains this one, whose curves are those of its training.</summary>
    public void BecomeTrialOf(RunResult parent)
    {
        Name = parent.Name;
        Add(parent, "");
    }

    private void Extend(long lastStep, double first, double last)
    {
        LastStep = Math.Max(LastStep ?? long.MinValue, lastStep);

        // Unlike the operators, these ignore NaN.
        FirstWallTime = double.MinNumber(FirstWallTime, first);
        LastWallTime = double.MaxNumber(LastWallTime, last);
    }
}
