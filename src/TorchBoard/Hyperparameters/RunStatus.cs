namespace TorchBoard.Hyperparameters;

/// <summary>How a run with hyperparameters ended.</summary>
public enum RunStatus
{
    /// <summary>It did what it was meant to.</summary>
    Success,

    /// <summary>It was broken off, or its result is of no use.</summary>
    Failure,
}
