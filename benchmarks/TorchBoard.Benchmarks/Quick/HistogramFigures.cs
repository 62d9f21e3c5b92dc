using System.Numerics;
using TorchBoard.Histograms;

namespace TorchBoard.Benchmarks.Quick;

/// <summary>The cost of a histogram to the caller and in total, by type and size.</summary>
internal static class HistogramFigures
{
    private const int Length = 100_000;

    public static IEnumerable<Figure> All()
    {
        float[] values = Normal(Length);
        Timing sum = SumLimit(values) * 1e6;
        yield return Place.InMemory(directory => Caller(directory, values));
        yield return Counting("floats", values, sum);
        yield return Counting<double>("doubles", [.. values.Select(v => (double)v)], sum);
        yield return Counting<Half>("halves", [.. values.Select(v => (Half)v)], sum);
        yield return Counting<long>("64-bit integers", [.. values.Select(v => (long)(v * 1000))], sum);

        float[] many = Normal(10_000_000);
        yield return Figure.OfTime(
            "histogram, 10 M floats, counting", "ms", Count(many, runs: 5) * 1e3, SumLimit(many) * 1e3);
        yield return Place.InMemory(directory => InAll(directory, values));
    }

    private static Figure Counting<T>(string type, T[] values, Timing limit)
        where T : unmanaged, INumberBase<T> =>
        Figure.OfTime($"histogram, 100 k {type}, counting", "µs", Count(values) * 1e6, limit);

    /// <summary>
    /// Measures the time per histogram from the first call until all are in the file. The limit is the copy alone.
    /// </summary>
    private static Figure InAll(string directory, float[] values)
    {
        const int histograms = 20;
        using var writer = new SummaryWriter(directory);
        Timing limit = CopyLimit(values);
        Timing inAll = Repeat.Time(151, () => Repeat.Seconds(() =>
        {
            for (int i = 0; i < histograms; i++)
                writer.AddHistogram("h", values, i);
            writer.Flush();
        }));
        return Figure.OfTime("histogram, 100 k floats, in all", "µs", inAll * (1e6 / histograms), limit * 1e6);
    }

    /// <summary>
    /// Measures the call alone, after the previous histogram is written, as in a loop that does other work.
    /// </summary>
    private static Figure Caller(string directory, float[] values)
    {
        using var writer = new SummaryWriter(directory);
        Timing limit = CopyLimit(values);
        Timing caller = Repeat.Time(101, () =>
        {
            writer.Flush();
            return Repeat.Seconds(() => writer.AddHistogram("h", values, 0));
        });
        return Figure.OfTime("histogram, 100 k floats, the caller", "µs", caller * 1e6, limit * 1e6);
    }

    private static Timing CopyLimit(float[] values)
    {
        float[] copy = new float[values.Length];
        return Repeat.Time(101, () => Repeat.Seconds(() => values.CopyTo(copy, 0)));
    }

    private static Timing Count<T>(T[] values, int runs = 101)
        where T : unmanaged, INumberBase<T> => Repeat.Time(runs, () => Repeat.Seconds(() => Histogram.Of<T>(values)));

    /// <summary>The limit: reading the values once and adding them up.</summary>
    private static Timing SumLimit(float[] values) =>
        Repeat.Time(51, () => Repeat.Seconds(() => System.Numerics.Tensors.TensorPrimitives.Sum<float>(values)));

    private static float[] Normal(int length)
    {
        var random = new Random(1);
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
            values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return values;
    }
}
