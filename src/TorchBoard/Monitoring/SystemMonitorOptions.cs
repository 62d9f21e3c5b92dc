namespace TorchBoard.Monitoring;

/// <summary>What <see cref="SummaryWriter.MonitorSystem"/> records, and how often.</summary>
public sealed record SystemMonitorOptions
{
    /// <summary>The time between two samples: 100 ms to 24 days, five seconds by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside of that range.</exception>
    public TimeSpan Interval
    {
        get;
        init => field = value >= TimeSpan.FromMilliseconds(100) && value <= TimeSpan.FromDays(24)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Interval), value, "The interval must be at least 100 ms and at most 24 days.");
    } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// What the tags begin with, and so the name of their group in TensorBoard: <c>system</c> by default.
    /// </summary>
    public string Prefix
    {
        get;
        init
        {
            Tag.ThrowIfInvalid(value, nameof(Prefix));
            field = value;
        }
    } = "system";

    /// <summary>Whether graphics processors of NVIDIA are asked as well; true by default.</summary>
    public bool Gpus { get; init; } = true;
}
