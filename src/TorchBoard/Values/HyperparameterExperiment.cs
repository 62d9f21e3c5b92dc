using TorchBoard.Hyperparameters;
using TorchBoard.Protos.Hyperparameters;

namespace TorchBoard;

/// <summary>The hyperparameters and metrics of an experiment. Immutable, thread-safe.</summary>
public sealed class HyperparameterExperiment
{
    internal HyperparameterExperiment(Protos.Hyperparameters.Experiment experiment)
    {
        Name = experiment.Name;
        Description = experiment.Description;
        Parameters = [.. experiment.HparamInfos.Select(Parameter)];
        Metrics = [.. experiment.MetricInfos.Select(info => new ExperimentMetric(
            info.Name?.Tag ?? "", info.Name?.Group ?? "", info.DisplayName, info.Description))];
    }

    /// <summary>The experiment's name; may be empty.</summary>
    public string Name { get; }

    /// <summary>The description, in Markdown; may be empty.</summary>
    public string Description { get; }

    /// <summary>The hyperparameters.</summary>
    public IReadOnlyList<HyperparameterInfo> Parameters { get; }

    /// <summary>The metrics by which trials are compared.</summary>
    public IReadOnlyList<ExperimentMetric> Metrics { get; }

    private static HyperparameterInfo Parameter(HParamInfo info) => new(
        info.Name,
        info.DisplayName,
        info.Description,
        info.DomainDiscrete is { } discrete ? [.. discrete.Values.Select(HyperparameterLog.ValueOf)] : [],
        info.DomainInterval?.MinValue,
        info.DomainInterval?.MaxValue);
}
