namespace TorchBoard;

/// <summary>Times as event files hold them: seconds since 1970-01-01 UTC.</summary>
internal static class UnixTime
{
    /// <summary>
    /// The time, to the nearest 100 ns. What lies outside the years 1 to 9999 becomes the first or the last time of
    /// these, and NaN becomes 1970-01-01.
    /// </summary>
    public static DateTimeOffset FromSeconds(double seconds)
    {
        // By parts, since all ticks since 1970 are more than a double has digits for.
        double whole = Math.Floor(double.IsNaN(seconds) ? 0 : seconds);
        if (whole <= DateTimeOffset.MinValue.ToUnixTimeSeconds())
            return DateTimeOffset.MinValue;
        if (whole >= DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return DateTimeOffset.MaxValue;
        double fraction = double.IsNaN(seconds) ? 0 : seconds - whole;
        return DateTimeOffset.FromUnixTimeSeconds((long)whole)
            .AddTicks((long)Math.Round(fraction * TimeSpan.TicksPerSecond));
    }
}
