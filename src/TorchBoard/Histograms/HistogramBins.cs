namespace TorchBoard.Histograms;

/// <summary>The buckets of a histogram. The default value is <see cref="Default"/>.</summary>
public readonly record struct HistogramBins
{
    /// <summary>Limits memory use; more buckets would not show more.</summary>
    internal const int MaxCount = 1 << 16;

    private readonly double[]? _edges;

    private HistogramBins(int count, double[]? edges, BinRule rule = BinRule.None)
    {
        Count = count;
        _edges = edges;
        Rule = rule;
    }

    /// <summary>
    /// TensorFlow's and PyTorch's buckets: 774 limits from 1e-12 to 1e20, each 1.1 times the previous one; the same
    /// below zero; and zero itself. They fit data of any scale, so that steps can be compared.
    /// </summary>
    public static HistogramBins Default => default;

    /// <summary>
    /// Buckets of equal width, their number determined by the data: NumPy's <c>auto</c>, the finer of
    /// <see cref="FreedmanDiaconis"/> and <see cref="Sturges"/>. At most 65,536, as for all rules.
    /// </summary>
    public static HistogramBins Auto => new(0, null, BinRule.Auto);

    /// <summary>
    /// Buckets 2·IQR/∛n wide (Freedman and Diaconis 1981; NumPy's <c>fd</c>): robust to outliers, for large data.
    /// </summary>
    public static HistogramBins FreedmanDiaconis => new(0, null, BinRule.FreedmanDiaconis);

    /// <summary>Buckets σ·∛(24·√π/n) wide (Scott 1979; NumPy's <c>scott</c>): for data close to normal.</summary>
    public static HistogramBins Scott => new(0, null, BinRule.Scott);

    /// <summary>log₂ n + 1 buckets (Sturges 1926; NumPy's <c>sturges</c>): for small data close to normal.</summary>
    public static HistogramBins Sturges => new(0, null, BinRule.Sturges);

    /// <summary>2·∛n buckets (NumPy's <c>rice</c>).</summary>
    public static HistogramBins Rice => new(0, null, BinRule.Rice);

    /// <summary>√n buckets (NumPy's <c>sqrt</c>).</summary>
    public static HistogramBins SquareRoot => new(0, null, BinRule.SquareRoot);

    /// <summary>The requested number of buckets; 0 if the data determine it, and for the default buckets.</summary>
    public int Count { get; }

    internal BinRule Rule { get; }

    /// <summary>The requested edges, ascending; empty if the data determine them, and for the default edges.</summary>
    internal ReadOnlySpan<double> ChosenEdges => _edges;

    /// <summary>Returns buckets of equal width from the smallest value to the largest, as in NumPy.</summary>
    /// <param name="count">The number of buckets; 1 to 65,536.</param>
    public static HistogramBins Equal(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        return new HistogramBins(count, null);
    }

    /// <summary>
    /// Returns buckets of equal width over a given range, as in NumPy: <c>Equal(50, -5, 5)</c>. Values outside are
    /// counted in an additional bucket at either end.
    /// </summary>
    /// <param name="count">The number of buckets; 1 to 65,536.</param>
    /// <param name="min">The left edge of the first bucket; finite.</param>
    /// <param name="max">The right edge of the last bucket; finite and greater than <paramref name="min"/>.</param>
    /// <exception cref="ArgumentException">
    /// The count is out of range, or the range is empty, not finite, or too narrow for the number of buckets.
    /// </exception>
    public static HistogramBins Equal(int count, double min, double max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        if (!double.IsFinite(min) || !double.IsFinite(max) || min >= max)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The range must be finite, with min < max; min was {min}, max was {max}."),
                nameof(max));
        }

        double[] edges = new double[count + 1];
        for (int i = 0; i <= count; i++)
            edges[i] = ((min * (count - i)) + (max * i)) / count;
        return Between(edges);
    }

    /// <summary>
    /// Returns buckets between the given edges. A bucket includes its left edge but not its right; the last bucket
    /// includes both. Values outside are counted in an additional bucket at either end.
    /// </summary>
    /// <param name="edges">At least two finite numbers, strictly ascending.</param>
    public static HistogramBins Between(params ReadOnlySpan<double> edges)
    {
        if (edges.Length < 2)
            throw new ArgumentException($"There must be at least two edges; was {edges.Length}.", nameof(edges));
        for (int i = 0; i < edges.Length; i++)
        {
            if (!double.IsFinite(edges[i]) || (i > 0 && edges[i] <= edges[i - 1]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Edges must be finite and strictly ascending; edge {i} is {edges[i]}."),
                    nameof(edges));
            }
        }

        return new HistogramBins(edges.Length - 1, edges.ToArray());
    }
}
