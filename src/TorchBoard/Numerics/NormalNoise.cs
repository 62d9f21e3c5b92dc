namespace TorchBoard.Numerics;

/// <summary>Standard normal random numbers from the Box–Muller transform.</summary>
internal sealed class NormalNoise(int seed)
{
    private readonly Random _random = new(seed);

    public double Next() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    public float[] AddedTo(ReadOnlySpan<float> values, double deviation)
    {
        float[] noisy = values.ToArray();
        for (int i = 0; i < noisy.Length; i++)
            noisy[i] = (float)(noisy[i] + (deviation * Next()));
        return noisy;
    }
}
