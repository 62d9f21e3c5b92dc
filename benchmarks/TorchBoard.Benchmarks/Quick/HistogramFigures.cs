using System.Numerics;

namespace TorchBoard.Benchmarks.Quick;

/// <summary>What a histogram costs the caller and in all, by type and by size.</summary>
internal static class HistogramFigures
{
    private const int Length = 100_000;

    public static IEnumerable<Figure> All()
    {
        float[] values = Normal(Length);
        yield return Place.InMemory(directory => Caller(directory, values));
        yield return new Figure("histogram, 100 k floats", Count(values) * 1e6, "µs", SumLimit(values) * 1e6);
        yield return new Figure("histogram, 100 k doubles", Count<double>([.. values.Select(v => (double)v)]) * 1e6, "µs");
        yield return new Figure("histogram, 100 k halves", Count<Half>([.. values.Select(v => (Half)v)]) * 1e6, "µs");
        yield return new Figure("histogram, 100 k 64-bit integers", Count<long>([.. values.Select(v => (long)(v * 1000))]) * 1e6, "µs");

        float[] many = Normal(10_000_000);
        yield return new Figure("histogram, 10 M floats", Count(many) * 1e3, "ms", SumLimit(many) * 1e3);
    }

    private static Figure Caller(string directory, float[] values)
    {
        using var writer = new SummaryWriter(directory);
        float[] copy = new float[values.Length];
        double limit = Repeat.Median(51, () => Repeat.Seconds(() => values.CopyTo(copy, 0)));
        double caller = Repeat.Median(51, () => Repeat.Seconds(() => writer.AddHistogram("h", values, 0)));
        return new Figure("histogram, 100 k floats, the caller", caller * 1e6, "µs", limit * 1e6);
    }

    private static double Count<T>(T[] values)
        where T : unmanaged, INumberBase<T> => Repeat.Median(21, () => Repeat.Seconds(() => Histogram.Of<T>(values)));

    /// <summary>Reading the values once and adding them up.</summary>
    private static double SumLimit(float[] values) =>
        Repeat.Median(21, () => Repeat.Seconds(() => System.Numerics.Tensors.TensorPrimitives.Sum<float>(values)));

    private static float[] Normal(int length)
    {
        var random = new Random(1);
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
            values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return values;
    }
}
