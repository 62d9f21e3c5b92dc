namespace TorchBoard.Testing.Tests;

/// <summary>Curves for assertions; the same in every run.</summary>
internal static class Curves
{
    public static Curve Of(params double[] values) => Curve.Of("loss", Steps(values.Length), values);

    public static Curve Made(int count, Func<int, double> value) =>
        Of([.. Enumerable.Range(0, count).Select(value)]);

    /// <summary>Adds normal noise with the given deviation.</summary>
    public static Curve Noisy(int seed, int count, double deviation, Func<int, double> value)
    {
        var random = new Random(seed);
        return Made(count, i => value(i) + (deviation * Normal(random)));
    }

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static bool Meets(this Curve curve, string check, params Curve[] baselines) =>
        Expectations.Parse("loss: " + check)[0].Check(curve, baselines).Passed;

    private static long[] Steps(int count) => [.. Enumerable.Range(0, count).Select(i => (long)i)];
}
