using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TorchBoard.Histograms;

/// <summary>Computes the extremes and sums of consecutive values, eight at a time.</summary>
internal struct RunningMoments()
{
    /// <summary>The number of values added at a time.</summary>
    public const int Step = 8;

    private Vector256<double> _mins = Vector256.Create(double.PositiveInfinity);
    private Vector256<double> _maxs = Vector256.Create(double.NegativeInfinity);
    private Vector256<double> _sums;
    private Vector256<double> _moreSums;
    private Vector256<double> _squares;
    private Vector256<double> _moreSquares;

    public readonly (double Min, double Max, double Sum, double Squares) Values
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Vector128<double> mins = Vector128.MinNative(_mins.GetLower(), _mins.GetUpper());
            Vector128<double> maxs = Vector128.MaxNative(_maxs.GetLower(), _maxs.GetUpper());
            return (
                double.MinNative(mins[0], mins[1]),
                double.MaxNative(maxs[0], maxs[1]),
                Vector256.Sum(_sums + _moreSums),
                Vector256.Sum(_squares + _moreSquares));
        }
    }

    /// <summary>Adds eight values, starting with the given one.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add<T>(ref T first)
    {
        ref double number = ref Unsafe.As<T, double>(ref first);
        (Vector256<double> low, Vector256<double> high) = typeof(T) == typeof(double)
            ? (Vector256.LoadUnsafe(ref number), Vector256.LoadUnsafe(ref number, (nuint)Vector256<double>.Count))
            : Vector256.Widen(Vector256.LoadUnsafe(ref Unsafe.As<T, float>(ref first)));
        _mins = Vector256.MinNative(_mins, Vector256.MinNative(low, high));
        _maxs = Vector256.MaxNative(_maxs, Vector256.MaxNative(low, high));
        _sums += low;
        _moreSums += high;
        _squares = Vector256.MultiplyAddEstimate(low, low, _squares);
        _moreSquares = Vector256.MultiplyAddEstimate(high, high, _moreSquares);
    }
}
