namespace TorchBoard.Tool.Runs;

/// <summary>Wall times as whole microseconds, which is as much as a double has of today's times.</summary>
internal static class UnixMicroseconds
{
    private const double PerSecond = 1e6;

    // The years 1 to 9999.
    private static readonly double First = -(DateTime.UnixEpoch - DateTime.MinValue).TotalSeconds;
    private static readonly double Last = (DateTime.MaxValue - DateTime.UnixEpoch).TotalSeconds - 1;

    /// <summary>Returns the time since 1970-01-01 UTC; null if it is no time of a calendar.</summary>
    public static long? Of(double seconds) =>
        seconds >= First && seconds <= Last ? (long)Math.Round(seconds * PerSecond) : null;
}
