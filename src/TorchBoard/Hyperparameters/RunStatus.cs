namespace TorchBoard.Hyperparameters;

/// <summary>The status of a run with hyperparameters.</summary>
public enum RunStatus
{
    /// <summary>Not reported: the run is still running or was killed.</summary>
    Unknown = 0,

    /// <summary>The run completed successfully.</summary>
    Success = 1,

    /// <summary>The run was aborted, or its result is not usable.</summary>
    Failure = 2,

    /// <summary>The run is running.</summary>
    Running = 3,
}
