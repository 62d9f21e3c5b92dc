using System.Diagnostics;

namespace TorchBoard.Benchmarks.Quick;

/// <summary>Repeats a measurement and takes the median, which a noisy machine disturbs least.</summary>
internal static class Repeat
{
    /// <summary>The median of several runs' results, after one that does not count.</summary>
    public static double Median(int runs, Func<double> measure) => Time(runs, measure).Median;

    /// <summary>The median and the least of several runs' results, after one that does not count.</summary>
    public static Timing Time(int runs, Func<double> measure)
    {
        measure();
        return Timing.Of(Enumerable.Range(0, runs).Select(_ => measure()));
    }

    /// <summary>The seconds that an action takes.</summary>
    public static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
