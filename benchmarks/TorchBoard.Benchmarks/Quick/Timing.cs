namespace TorchBoard.Benchmarks.Quick;

/// <summary>
/// The duration of repetitions: the median, and the smallest, which is the duration without other load on the machine.
/// </summary>
internal readonly record struct Timing(double Median, double Least)
{
    public static Timing Of(IEnumerable<double> results)
    {
        double[] sorted = [.. results.Order()];
        return new Timing(sorted[sorted.Length / 2], sorted[0]);
    }

    public static Timing operator *(Timing timing, double factor) => new(timing.Median * factor, timing.Least * factor);
}
