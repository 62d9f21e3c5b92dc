namespace TorchBoard.Histograms;

/// <summary>The 1549 edges of the default buckets: 774 above zero, the same below, and zero.</summary>
internal static class DefaultEdges
{
    private const double Smallest = 1e-12;
    private const double Growth = 1.1;
    private const double Bound = 1e20;

    private static readonly double[] Edges = Make();

    // Created on demand: only counts made elsewhere need these.
    private static float[]? _singles;

    public static ReadOnlySpan<double> All => Edges;

    /// <summary>The smallest float at or above each edge.</summary>
    public static ReadOnlySpan<float> Singles =>
        _singles ??= Array.ConvertAll(Edges, DefaultBuckets<float>.RoundUp);

    // Repeated multiplication, as in TensorFlow: a power would round differently.
    private static double[] Make()
    {
        var positive = new List<double>();
        for (double edge = Smallest; edge < Bound; edge *= Growth)
            positive.Add(edge);
        return [.. positive.Select(edge => -edge).Reverse(), 0, .. positive];
    }
}
