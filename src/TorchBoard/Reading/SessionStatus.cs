namespace TorchBoard;

/// <summary>How a trial ended.</summary>
public enum SessionStatus
{
    /// <summary>Not stated: it runs, or was killed.</summary>
    Unknown = 0,

    /// <summary>It succeeded.</summary>
    Success = 1,

    /// <summary>It failed.</summary>
    Failure = 2,

    /// <summary>It is running.</summary>
    Running = 3,
}
