namespace TorchBoard.Hyperparameters;

/// <summary>How a run with hyperparameters ended.</summary>
public enum RunStatus
{
    /// <summary>Not stated: the run is at work, or was killed.</summary>
    Unknown = 0,

    /// <summary>The run did what it was meant to.</summary>
    Success = 1,

    /// <summary>The run was broken off, or its result is of no use.</summary>
    Failure = 2,

    /// <summary>The run is at work.</summary>
    Running = 3,
}
