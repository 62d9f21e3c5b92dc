namespace TorchBoard.Hyperparameters;

/// <summary>
/// Describes the runs of a whole log directory to the HParams dashboard: which hyperparameters they have, from which
/// domains, and which of their scalars are metrics.
/// </summary>
/// <remarks>
/// Without one, TensorBoard finds all of that by itself: every scalar of every run is a metric. With one, only the
/// metrics and hyperparameters named here are shown, for all runs of the log directory, and of several experiments
/// TensorBoard takes the first it finds. So name them all, and write it once.
/// </remarks>
public sealed record Experiment
{
    /// <summary>What the experiment is about; markdown, empty by default.</summary>
    public string Description { get; init; } = "";

    /// <summary>The hyperparameters that are shown, at least one, in this order.</summary>
    public required IReadOnlyList<HyperparameterDomain> Hyperparameters { get; init; }

    /// <summary>The metrics that are shown, at least one, in this order.</summary>
    public required IReadOnlyList<ExperimentMetric> Metrics { get; init; }
}
