namespace TorchBoard;

/// <summary>Which buckets a histogram counts values in. The default value stands for <see cref="Default"/>.</summary>
public readonly record struct HistogramBins
{
    private readonly double[]? _edges;

    private HistogramBins(int count, double[]? edges)
    {
        Count = count;
        _edges = edges;
    }

    /// <summary>
    /// TensorFlow's and PyTorch's buckets: 774 limits from 1e-12 on, each 1.1 times the one before, up to 1e20;
    /// the same below zero; and zero itself. They fit data of any scale, so that steps can be compared.
    /// </summary>
    public static HistogramBins Default => default;

    /// <summary>How many buckets were asked for; 0 for the default ones.</summary>
    public int Count { get; }

    /// <summary>The edges asked for, ascending; empty where they come from the data or are the default ones.</summary>
    internal ReadOnlySpan<double> ChosenEdges => _edges;

    /// <summary>Buckets of equal width from the smallest value to the largest, as NumPy makes them.</summary>
    /// <param name="count">How many; from 1 to 65,536.</param>
    public static HistogramBins Equal(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1 << 16);
        return new HistogramBins(count, null);
    }

    /// <summary>
    /// Buckets between given edges. A bucket holds its left edge but not its right one, the last holds both.
    /// Values outside are counted in one more bucket at either end.
    /// </summary>
    /// <param name="edges">At least two finite numbers, strictly ascending.</param>
    public static HistogramBins Between(params ReadOnlySpan<double> edges)
    {
        if (edges.Length < 2)
            throw new ArgumentException($"At least two edges are wanted; {edges.Length} given.", nameof(edges));
        for (int i = 0; i < edges.Length; i++)
        {
            if (!double.IsFinite(edges[i]) || (i > 0 && edges[i] <= edges[i - 1]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Edges must be finite and strictly ascending; edge {i} is {edges[i]}."),
                    nameof(edges));
            }
        }

        return new HistogramBins(edges.Length - 1, edges.ToArray());
    }
}
