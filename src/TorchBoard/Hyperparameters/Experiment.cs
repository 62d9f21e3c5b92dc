namespace TorchBoard.Hyperparameters;

/// <summary>
/// The hyperparameters with their domains, and the scalars that are metrics, of all runs in a log directory, for the
/// HParams dashboard.
/// </summary>
/// <remarks>
/// Without an experiment, TensorBoard discovers hyperparameters itself and treats every scalar of every run as a
/// metric. With one, it shows only the metrics and hyperparameters listed here, for all runs of the log directory. If
/// there are several experiments, TensorBoard uses the first it finds. List everything, and write it once.
/// </remarks>
public sealed record Experiment
{
    /// <summary>The description in Markdown; empty by default.</summary>
    public string Description { get; init; } = "";

    /// <summary>The hyperparameters to show, in this order; at least one.</summary>
    public required IReadOnlyList<HyperparameterDomain> Hyperparameters { get; init; }

    /// <summary>The metrics to show, in this order; at least one.</summary>
    public required IReadOnlyList<ExperimentMetric> Metrics { get; init; }
}
