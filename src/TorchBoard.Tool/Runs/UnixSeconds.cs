namespace TorchBoard.Tool.Runs;

/// <summary>Times as numbers, which is how programs get them.</summary>
internal static class UnixSeconds
{
    /// <summary>Seconds since 1970-01-01 UTC: the very number that the library made the time of.</summary>
    public static double Of(DateTimeOffset time)
    {
        long whole = time.ToUnixTimeSeconds();
        return whole + ((time - DateTimeOffset.FromUnixTimeSeconds(whole)).Ticks / (double)TimeSpan.TicksPerSecond);
    }
}
