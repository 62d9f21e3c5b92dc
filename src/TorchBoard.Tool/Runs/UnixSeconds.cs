namespace TorchBoard.Tool.Runs;

/// <summary>Converts times to numbers for JSON output.</summary>
internal static class UnixSeconds
{
    /// <summary>Seconds since 1970-01-01 UTC: exactly the number that the library created the time from.</summary>
    public static double Of(DateTimeOffset time)
    {
        long whole = time.ToUnixTimeSeconds();
        return whole + ((time - DateTimeOffset.FromUnixTimeSeconds(whole)).Ticks / (double)TimeSpan.TicksPerSecond);
    }
}
