using System.Numerics;
using System.Runtime.CompilerServices;

namespace TorchBoard.Histograms;

/// <summary>The extremes and sums of values added in chunks.</summary>
internal struct Moments()
{
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;

    /// <summary>Initializes moments computed elsewhere; the sums may have overflowed.</summary>
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

    /// <summary>The number of values in no sum and no extreme.</summary>
    public long NonFiniteCount { get; private set; }

    /// <summary>Adds floats or doubles; NaN and infinities are only counted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var running = new RunningMoments();
        int i = 0;
        for (; i <= values.Length - RunningMoments.Step; i += RunningMoments.Step)
            running.Add(ref Unsafe.AsRef(in values[i]));
        Add(values, i, running.Values);
    }

    /// <summary>Adds values whose first part is already in running sums.</summary>
    public void Add<T>(
        ReadOnlySpan<T> values, int gathered, (double Min, double Max, double Sum, double Squares) running)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // An infinity shows in an extreme, NaN in the sum, but a sum of finite values can overflow too.
        (double min, double max, double sum, double squares) = running;
        bool isFinite = !double.IsNaN(sum) && double.IsFinite(min) && double.IsFinite(max);
        if (isFinite)
            Add(gathered, sum, squares, min, max);
        foreach (T value in isFinite ? values[gathered..] : values)
        {
            double number = double.CreateTruncating(value);
            if (double.IsFinite(number))
                Add(1, number, number * number, number, number);
            else
                NonFiniteCount++;
        }
    }

    /// <summary>Adds the moments of other values.</summary>
    public void Add(in Moments other)
    {
        NonFiniteCount += other.NonFiniteCount;
        if (other.Count > 0)
            Add(other.Count, other.Sum, other.SumOfSquares, other._min, other._max);
    }

    private void Add(long count, double sum, double square, double min, double max)
    {
        Count += count;
        Sum = Saturate(Sum + sum);
        SumOfSquares = Saturate(SumOfSquares + square);
        (_min, _max) = (Math.Min(_min, min), Math.Max(_max, max));
    }

    // Sums of huge values overflow, and a file must not contain an infinity.
    private static double Saturate(double sum) =>
        double.IsNaN(sum) ? 0 : Math.Clamp(sum, double.MinValue, double.MaxValue);
}
