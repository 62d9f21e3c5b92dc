namespace TorchBoard.Stores.Tests.Servers;

/// <summary>What a proxy does with a request.</summary>
internal enum Fault
{
    /// <summary>Passes it on.</summary>
    None,

    /// <summary>Closes the connection instead.</summary>
    Refused,

    /// <summary>Answers 500 instead.</summary>
    ServerError,

    /// <summary>Answers 503 instead.</summary>
    Busy,

    /// <summary>Passes it on, and closes the connection in the midst of the content of the answer.</summary>
    HalfAnswer,

    /// <summary>Passes it on, and closes the connection before the answer.</summary>
    LostAnswer,

    /// <summary>Never answers.</summary>
    Stalled,

    /// <summary>Passes on a byte of the answer every few milliseconds.</summary>
    Slow,

    /// <summary>Answers that the credentials have expired.</summary>
    Expired,

    /// <summary>Answers that the credentials are refused, with a date that is an hour later.</summary>
    ClockOfAnHourLater,
}
