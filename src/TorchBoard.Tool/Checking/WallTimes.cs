namespace TorchBoard.Tool.Checking;

/// <summary>Checks wall times, from which TensorBoard computes dates and relative times.</summary>
internal static class WallTimes
{
    // No training is logged before 1973 or after 2286.
    private const double Least = 1e8;
    private const double Most = 1e10;

    /// <summary>Checks the wall time of an event.</summary>
    /// <param name="seconds">The wall time.</param>
    /// <param name="isFirst">Whether the event is the file's first, which determines the start of the run.</param>
    /// <param name="at">The event.</param>
    public static void Check(double seconds, bool isFirst, Place at)
    {
        string what = isFirst ? "the first event's wall time" : "the event's wall time";
        if (ErrorOf(seconds, isFirst) is { } error)
            at.Error($"{what} {error}");
        else if (seconds < 0)
            at.Warning($"{what} is before 1970");
        else if (seconds < Least)
            at.Warning($"{what} is in the first years after 1970; dates and relative times are wrong");
    }

    private static string? ErrorOf(double seconds, bool isFirst) =>
        !double.IsFinite(seconds) ? "is not finite"
        : seconds >= Most
            ? $"is not in seconds since 1970 but looks like {UnitOf(seconds)}; dates and relative times are wrong"
        : isFirst && seconds == 0 ? "is 0; relative times begin in 1970"
        : null;

    private static string UnitOf(double time) => time switch
    {
        < 1e11 => "seconds since the year 1",
        < 1e14 => "milliseconds",
        < 3e16 => "microseconds",
        < 1e18 => "ticks of 100 ns",
        < 3e19 => "nanoseconds",
        _ => "another unit",
    };
}
