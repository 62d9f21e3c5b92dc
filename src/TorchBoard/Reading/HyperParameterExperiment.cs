using TorchBoard.Protos.HyperParameters;

namespace TorchBoard;

/// <summary>Which hyperparameters and metrics the trials of an experiment have. Immutable, thread-safe.</summary>
public sealed class HyperParameterExperiment
{
    internal HyperParameterExperiment(Protos.HyperParameters.Experiment experiment)
    {
        Name = experiment.Name;
        Description = experiment.Description;
        Parameters = [.. experiment.HparamInfos.Select(Parameter)];
        Metrics = [.. experiment.MetricInfos.Select(info => new HyperParameterMetric(
            info.Name?.Group ?? "", info.Name?.Tag ?? "", info.DisplayName, info.Description))];
    }

    /// <summary>The experiment's name; may be empty.</summary>
    public string Name { get; }

    /// <summary>The description, in markdown; may be empty.</summary>
    public string Description { get; }

    /// <summary>The hyperparameters.</summary>
    public IReadOnlyList<HyperParameterInfo> Parameters { get; }

    /// <summary>The metrics that trials are compared by.</summary>
    public IReadOnlyList<HyperParameterMetric> Metrics { get; }

    private static HyperParameterInfo Parameter(HParamInfo info) => new(
        info.Name,
        info.DisplayName,
        info.Description,
        info.DomainDiscrete is { } discrete ? [.. discrete.Values.Select(HyperParameterLog.ValueOf)] : [],
        info.DomainInterval?.MinValue,
        info.DomainInterval?.MaxValue);
}
