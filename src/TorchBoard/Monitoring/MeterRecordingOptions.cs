namespace TorchBoard.Monitoring;

/// <summary>Options for <see cref="SummaryWriter.RecordMeters(string, TimeSpan?, MeterRecordingOptions?)"/>.</summary>
public sealed record MeterRecordingOptions
{
    internal static TimeSpan DefaultInterval { get; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// What precedes the name of the meter in each tag, such as <c>production</c>; empty by default, so that each meter
    /// is a group in TensorBoard.
    /// </summary>
    /// <exception cref="ArgumentException">The value is null, not valid Unicode or not a valid group.</exception>
    public string Prefix
    {
        get;
        init
        {
            if (value is not "")
                Tag.ThrowIfInvalid(value, nameof(Prefix));
            field = value;
        }
    } = "";

    /// <summary>
    /// The maximum number of different sets of tags that are recorded separately for an instrument: 100 by default, 1 to
    /// 100,000. Measurements with further sets are recorded together, with the tag <c>other</c> (those of gauges are
    /// dropped); the first instrument with too many is reported.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int TagSetLimit
    {
        get;
        init => field = value is >= 1 and <= 100_000
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(TagSetLimit), value, "The limit of tag sets must be between 1 and 100,000.");
    } = 100;

    internal static void ThrowIfInvalid(TimeSpan interval)
    {
        if (interval < TimeSpan.FromMilliseconds(100) || interval > TimeSpan.FromDays(24))
        {
            throw new ArgumentOutOfRangeException(
                nameof(interval), interval, "The interval must be between 100 ms and 24 days.");
        }
    }
}
