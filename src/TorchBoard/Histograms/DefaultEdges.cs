namespace TorchBoard.Histograms;

/// <summary>The 1549 edges of the default buckets: 774 above zero, the same below, and zero.</summary>
internal static class DefaultEdges
{
    private const double Smallest = 1e-12;
    private const double Growth = 1.1;
    private const double Bound = 1e20;

    private static readonly double[] Edges = Make();

    // Made when it is needed: only counts that are made elsewhere are compared with these.
    private static float[]? _singles;

    public static ReadOnlySpan<double> All => Edges;

    /// <summary>Each edge as the smallest float that is not below it.</summary>
    public static ReadOnlySpan<float> Singles =>
        _singles ??= Array.ConvertAll(Edges, DefaultBuckets<float>.RoundUp);

    // Repeated multiplication, as TensorFlow does it: a power would round differently.
    private static double[] Make()
    {
        var positive = new List<double>();
        for (double edge = Smallest; edge < Bound; edge *= Growth)
            positive.Add(edge);
        return [.. positive.Select(edge => -edge).Reverse(), 0, .. positive];
    }
}
