namespace TorchBoard.Hyperparameters;

/// <summary>What else is known about a run when its hyperparameters are added.</summary>
public sealed record HyperparameterOptions
{
    internal static HyperparameterOptions Default { get; } = new();

    /// <summary>
    /// The name of the trial. Runs of one name are shown as one, by the average or another summary of their metrics:
    /// repeat a trial with several seeds under one name. Empty by default: each run is a trial of its own.
    /// </summary>
    public string GroupName { get; init; } = "";

    /// <summary>When the training began; when the hyperparameters were added by default.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>A page on which the training is watched; empty by default.</summary>
    public string MonitorUrl { get; init; } = "";

    /// <summary>Where the model is kept; empty by default.</summary>
    public string ModelUri { get; init; } = "";

    /// <summary>
    /// How the run ended, where the writer is disposed without a call of
    /// <see cref="SummaryWriter.EndHyperparameters"/>. Null by default: it is then left open, and TensorBoard calls
    /// the status unknown. An exception that passes a <c>using</c> disposes the writer too, which
    /// <see cref="RunStatus.Failure"/> tells from a run that said it succeeded.
    /// </summary>
    public RunStatus? StatusWhenDisposed { get; init; }
}
