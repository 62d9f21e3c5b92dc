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

    /// <summary>Whether GPUs of NVIDIA and, in Linux, of AMD are also sampled; true by default.</summary>
    /// <remarks>
    /// Memory in use is what nvidia-smi shows. Drivers before version 510 count what they reserve themselves, too: 480 MiB on
    /// an H100.
    /// </remarks>
    public bool Gpus { get; init; } = true;

    /// <summary>Whether what this process reads from disks and writes to them is sampled, in Linux; true by default.</summary>
    public bool Disk { get; init; } = true;

    /// <summary>Whether what the machine receives and sends is sampled; true by default.</summary>
    public bool Network { get; init; } = true;
}
