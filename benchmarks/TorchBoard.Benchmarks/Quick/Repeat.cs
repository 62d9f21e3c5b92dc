using System.Diagnostics;

namespace TorchBoard.Benchmarks.Quick;

/// <summary>Repeats a measurement and takes the median, which is robust on a noisy machine.</summary>
internal static class Repeat
{
    /// <summary>Returns the median of several runs, after a warm-up run.</summary>
    public static double Median(int runs, Func<double> measure) => Time(runs, measure).Median;

    /// <summary>Returns the median and the smallest of several runs, after a warm-up run.</summary>
    public static Timing Time(int runs, Func<double> measure)
    {
        measure();
        return Timing.Of(Enumerable.Range(0, runs).Select(_ => measure()));
    }

    /// <summary>Returns the duration of an action in seconds.</summary>
    public static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
