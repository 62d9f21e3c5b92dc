namespace TorchBoard.Hyperparameters;

/// <summary>Options for a run's hyperparameters.</summary>
public sealed record HyperparameterOptions
{
    internal static HyperparameterOptions Default { get; } = new();

    /// <summary>
    /// The name of the trial. Runs with the same name are shown as one, with the average or another summary of their
    /// metrics, such as repetitions with different seeds. Empty by default: each run is a separate trial.
    /// </summary>
    public string GroupName { get; init; } = "";

    /// <summary>The start time of the training; by default the time the hyperparameters are added.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>The URL of a page that monitors the training; empty by default.</summary>
    public string MonitorUrl { get; init; } = "";

    /// <summary>The location of the model; empty by default.</summary>
    public string ModelUri { get; init; } = "";

    /// <summary>
    /// The status written if the writer is disposed without a call to
    /// <see cref="SummaryWriter.EndHyperparameters"/>. Null by default, which writes no status; TensorBoard then shows
    /// it as unknown. An exception that leaves a <c>using</c> block also disposes the writer; use
    /// <see cref="RunStatus.Failure"/> to distinguish such a run from one that reported success.
    /// </summary>
    public RunStatus? StatusWhenDisposed { get; init; }
}
