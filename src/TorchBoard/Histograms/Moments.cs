using System.Numerics;
using System.Runtime.CompilerServices;

namespace TorchBoard;

/// <summary>Extremes and sums of values that come in chunks.</summary>
internal struct Moments()
{
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;

    /// <summary>Extremes and sums that were made elsewhere; they may overflow.</summary>
    public Moments(double min, double max, long count, double sum, double sumOfSquares, long nonFiniteCount)
        : this()
    {
        (_min, _max) = (min, max);
        (Count, NonFiniteCount) = (count, nonFiniteCount);
        (Sum, SumOfSquares) = (Saturate(sum), Saturate(sumOfSquares));
    }

    public readonly double Min => Count == 0 ? 0 : _min;

    public readonly double Max => Count == 0 ? 0 : _max;

    public long Count { get; private set; }

    public double Sum { get; private set; }

    public double SumOfSquares { get; private set; }

    public long NonFiniteCount { get; private set; }

    /// <summary>Adds a chunk; false, and nothing is added, where it holds NaN or an infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryAdd(ReadOnlySpan<double> chunk)
    {
        var sums = Vector<double>.Zero;
        var squares = Vector<double>.Zero;
        var mins = new Vector<double>(_min);
        var maxs = new Vector<double>(_max);
        int i = 0;
        for (; i <= chunk.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var values = new Vector<double>(chunk[i..]);
            sums += values;
            squares += values * values;
            mins = Vector.Min(mins, values);
            maxs = Vector.Max(maxs, values);
        }

        (double sum, double square, double min, double max) = (Vector.Sum(sums), Vector.Sum(squares), _min, _max);
        for (int lane = 0; lane < Vector<double>.Count; lane++)
            (min, max) = (Math.Min(min, mins[lane]), Math.Max(max, maxs[lane]));
        for (; i < chunk.Length; i++)
        {
            sum += chunk[i];
            square += chunk[i] * chunk[i];
            (min, max) = (Math.Min(min, chunk[i]), Math.Max(max, chunk[i]));
        }

        // An infinity shows in an extreme, NaN in the sum; a sum of finite values can overflow all the same.
        if (double.IsNaN(sum) || (chunk.Length > 0 && !(double.IsFinite(min) && double.IsFinite(max))))
            return false;

        Count += chunk.Length;
        Sum = Saturate(Sum + sum);
        SumOfSquares = Saturate(SumOfSquares + square);
        (_min, _max) = (min, max);
        return true;
    }

    /// <summary>Notes values that are in no bucket and no sum.</summary>
    public void AddNonFinite(int count) => NonFiniteCount += count;

    // Sums of huge values leave the range of a double; a file must not hold an infinity.
    private static double Saturate(double sum) =>
        double.IsNaN(sum) ? 0 : Math.Clamp(sum, double.MinValue, double.MaxValue);
}
