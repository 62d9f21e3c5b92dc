using System.Diagnostics;

namespace TorchBoard.Benchmarks.Quick;

/// <summary>Repeats a measurement and takes the median, which a noisy machine disturbs least.</summary>
internal static class Repeat
{
    /// <summary>The median of several runs' results, after one that does not count.</summary>
    public static double Median(int runs, Func<double> measure)
    {
        measure();
        double[] results = [.. Enumerable.Range(0, runs).Select(_ => measure()).Order()];
        return results[runs / 2];
    }

    /// <summary>The seconds that an action takes.</summary>
    public static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
