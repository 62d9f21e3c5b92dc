namespace TorchBoard;

/// <summary>Times in event files: seconds since 1970-01-01 UTC.</summary>
internal static class UnixTime
{
    /// <summary>
    /// Returns the time, to the nearest 100 ns. Times outside the years 1 to 9999 become the first or last time of that
    /// range; NaN becomes 1970-01-01.
    /// </summary>
    public static DateTimeOffset FromSeconds(double seconds)
    {
        // Converted in two parts, because a double has too few digits for all ticks since 1970.
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
