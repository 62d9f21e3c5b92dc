namespace TorchBoard.Monitoring;

/// <summary>Options for <see cref="SummaryWriter.MonitorSystem"/>.</summary>
public sealed record SystemMonitorOptions
{
    /// <summary>The time between samples; 100 ms to 24 days, five seconds by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is out of range.</exception>
    public TimeSpan Interval
    {
        get;
        init => field = value >= TimeSpan.FromMilliseconds(100) && value <= TimeSpan.FromDays(24)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Interval), value, "The interval must be between 100 ms and 24 days.");
    } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The prefix of the tags, which is the name of their group in TensorBoard; <c>system</c> by default.
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

    /// <summary>Whether NVIDIA GPUs are also sampled; true by default.</summary>
    /// <remarks>
    /// Memory in use includes what the driver reserves, which nvidia-smi does not count: 480 MiB on an H100.
    /// </remarks>
    public bool Gpus { get; init; } = true;
}
