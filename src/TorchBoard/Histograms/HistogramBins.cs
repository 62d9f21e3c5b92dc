namespace TorchBoard.Histograms;

/// <summary>Which buckets a histogram counts values in. The default value stands for <see cref="Default"/>.</summary>
public readonly record struct HistogramBins
{
    /// <summary>More buckets than this say no more, and could take all memory.</summary>
    internal const int MaxCount = 1 << 16;

    private readonly double[]? _edges;

    private HistogramBins(int count, double[]? edges, BinRule rule = BinRule.None)
    {
        Count = count;
        _edges = edges;
        Rule = rule;
    }

    /// <summary>
    /// TensorFlow's and PyTorch's buckets: 774 limits from 1e-12 on, each 1.1 times the one before, up to 1e20;
    /// the same below zero; and zero itself. They fit data of any scale, so that steps can be compared.
    /// </summary>
    public static HistogramBins Default => default;

    /// <summary>
    /// As many buckets of equal width as the data ask for: NumPy's <c>auto</c>, the finer of
    /// <see cref="FreedmanDiaconis"/> and <see cref="Sturges"/>. At most 65,536, as for all rules.
    /// </summary>
    public static HistogramBins Auto => new(0, null, BinRule.Auto);

    /// <summary>
    /// Buckets 2·IQR/∛n wide (Freedman and Diaconis 1981; NumPy's <c>fd</c>): robust against outliers, for much data.
    /// </summary>
    public static HistogramBins FreedmanDiaconis => new(0, null, BinRule.FreedmanDiaconis);

    /// <summary>Buckets σ·∛(24·√π/n) wide (Scott 1979; NumPy's <c>scott</c>): for data close to normal.</summary>
    public static HistogramBins Scott => new(0, null, BinRule.Scott);

    /// <summary>log₂ n + 1 buckets (Sturges 1926; NumPy's <c>sturges</c>): for little data close to normal.</summary>
    public static HistogramBins Sturges => new(0, null, BinRule.Sturges);

    /// <summary>2·∛n buckets (NumPy's <c>rice</c>).</summary>
    public static HistogramBins Rice => new(0, null, BinRule.Rice);

    /// <summary>√n buckets (NumPy's <c>sqrt</c>).</summary>
    public static HistogramBins SquareRoot => new(0, null, BinRule.SquareRoot);

    /// <summary>How many buckets were asked for; 0 where the data decide, and for the default ones.</summary>
    public int Count { get; }

    internal BinRule Rule { get; }

    /// <summary>The edges asked for, ascending; empty where they come from the data or are the default ones.</summary>
    internal ReadOnlySpan<double> ChosenEdges => _edges;

    /// <summary>Buckets of equal width from the smallest value to the largest, as NumPy makes them.</summary>
    /// <param name="count">How many; from 1 to 65,536.</param>
    public static HistogramBins Equal(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        return new HistogramBins(count, null);
    }

    /// <summary>
    /// Buckets of equal width over a chosen range, as NumPy makes them: <c>Equal(50, -5, 5)</c>. Values outside are
    /// counted in one more bucket at either end.
    /// </summary>
    /// <param name="count">How many; from 1 to 65,536.</param>
    /// <param name="min">The left edge of the first; finite.</param>
    /// <param name="max">The right edge of the last; finite and greater than <paramref name="min"/>.</param>
    /// <exception cref="ArgumentException">
    /// The count is out of its range, or the range is empty, not finite, or too narrow for as many buckets.
    /// </exception>
    public static HistogramBins Equal(int count, double min, double max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        if (!double.IsFinite(min) || !double.IsFinite(max) || min >= max)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"A finite min below a finite max is wanted; min is {min} and max is {max}."),
                nameof(max));
        }

        double[] edges = new double[count + 1];
        for (int i = 0; i <= count; i++)
            edges[i] = ((min * (count - i)) + (max * i)) / count;
        return Between(edges);
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
                    FormattableString.Invariant(
                        $"Edges must be finite and strictly ascending; edge {i} is {edges[i]}."),
                    nameof(edges));
            }
        }

        return new HistogramBins(edges.Length - 1, edges.ToArray());
    }
}
