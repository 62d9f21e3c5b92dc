using System.Runtime.CompilerServices;

namespace TorchBoard.Testing.Checks;

/// <summary>
/// The Mann–Kendall test for a trend and the Theil–Sen slope of a sequence of values.
/// See <see cref="Curve.Decreases"/> for the formulas and their sources.
/// </summary>
internal sealed class MannKendall
{
    /// <summary>Longer curves are reduced to this number of blocks, because the number of pairs is quadratic.</summary>
    private const int MostBlocks = 300;

    /// <summary>
    /// Up to this length the distribution of S is exact; above it, the normal approximation suffices.
    /// </summary>
    private const int LongestCounted = 10;

    private static readonly double[] TailCoefficients =
        [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.319381530];

    private readonly double _fall;
    private readonly double _rise;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public MannKendall(long[] steps, double[] values)
    {
        NeverRises = true;
        NeverFalls = true;
        for (int i = 1; i < values.Length; i++)
        {
            NeverRises &= values[i] <= values[i - 1];
            NeverFalls &= values[i] >= values[i - 1];
        }

        double[] places = Array.ConvertAll(steps, step => (double)step);
        if (values.Length > MostBlocks)
        {
            places = Median.OfBlocks(places, MostBlocks);
            values = Median.OfBlocks(values, MostBlocks);
        }

        double[] slopes = new double[values.Length * (values.Length - 1) / 2];
        int count = 0;
        long s = 0;
        for (int i = 0; i < values.Length; i++)
        {
            for (int j = i + 1; j < values.Length; j++)
            {
                s += (values[j] > values[i] ? 1 : 0) - (values[j] < values[i] ? 1 : 0);
                if (places[i] != places[j])
                    slopes[count++] = (values[j] - values[i]) / (places[j] - places[i]);
            }
        }

        Tau = s / (values.Length * (values.Length - 1) / 2.0);
        Slope = count > 0 ? Median.OfReordered(slopes.AsSpan(0, count)) : double.NaN;
        _rise = Significance(values, s);
        _fall = Significance(values, -s);
    }

    /// <summary>Whether no value is above the previous one.</summary>
    public bool NeverRises { get; }

    /// <summary>Whether no value is below the previous one.</summary>
    public bool NeverFalls { get; }

    /// <summary>Kendall's τ: the share of rising pairs minus the share of falling pairs.</summary>
    public double Tau { get; }

    /// <summary>The median of the slopes of all pairs, per step; NaN if all steps are equal.</summary>
    public double Slope { get; }

    /// <summary>The probability that noise without a trend falls, or rises, as clearly as this curve.</summary>
    public double Significance(bool falling) => falling ? _fall : _rise;

    /// <summary>The probability of S or more if every order of the values is equally likely.</summary>
    private static double Significance(double[] values, long s)
    {
        long n = values.Length;
        int[] ties = [.. values.GroupBy(value => value).Select(group => group.Count()).Where(count => count > 1)];
        if (ties.Length == 0 && n <= LongestCounted)
            return Counted((int)n, s);

        double variance = ((n * (n - 1.0) * ((2 * n) + 5)) - ties.Sum(t => t * (t - 1.0) * ((2 * t) + 5))) / 18;
        return variance > 0 ? NormalTail((s - Math.Sign(s)) / Math.Sqrt(variance)) : 1;
    }

    private static double Counted(int n, long s)
    {
        // ways[k]: the number of orders with k falling pairs; S is the number of pairs minus 2k.
        double[] ways = [1];
        for (int size = 2; size <= n; size++)
        {
            double[] next = new double[(size * (size - 1) / 2) + 1];
            for (int falls = 0; falls < ways.Length; falls++)
            {
                for (int more = 0; more < size; more++)
                    next[falls + more] += ways[falls];
            }

            ways = next;
        }

        long most = (ways.Length - 1 - s) / 2;
        return ways.Take((int)most + 1).Sum() / ways.Sum();
    }

    /// <summary>
    /// The probability that a standard normal variable is at least z (Abramowitz and Stegun, 26.2.17).
    /// </summary>
    private static double NormalTail(double z)
    {
        if (z < 0)
            return 1 - NormalTail(-z);
        double t = 1 / (1 + (0.2316419 * z));
        double sum = 0;
        foreach (double coefficient in TailCoefficients)
            sum = t * (coefficient + sum);
        return Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * sum;
    }
}
