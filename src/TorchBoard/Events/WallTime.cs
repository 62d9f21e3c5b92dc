namespace TorchBoard.Events;

/// <summary>Times in event files: seconds since 1970-01-01 UTC, as a double.</summary>
internal static class WallTime
{
    public static double Seconds(DateTimeOffset time) =>
        (time.UtcTicks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond;
}
