using System.Numerics;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchBoard.Watching;

/// <summary>Computes the magnitudes of a tensor in host memory in one pass.</summary>
internal static class HostMagnitudes
{
    private const int PieceLength = 1 << 20;

    /// <summary>
    /// Returns a number for each <see cref="MagnitudeColumn"/>; NaN if any value is NaN, except for counts.
    /// </summary>
    public static double[] Of(Tensor tensor)
    {
        using var host = new HostTensor(tensor, ScalarType.Float32);
        long count = tensor.NumberOfElements;
        (double sum, double squares, long nan, long infinite) = (0, 0, 0, 0);
        float greatest = 0;
        for (long start = 0; start < count; start += PieceLength)
        {
            ReadOnlySpan<float> piece = host.Values<float>(start, (int)Math.Min(PieceLength, count - start));
            (double pieceSum, double pieceSquares, float pieceGreatest) = Sums(piece);
            sum += pieceSum;
            squares += pieceSquares;
            greatest = MathF.Max(greatest, pieceGreatest);

            // Any value that is not finite makes the sum not finite: doubles can hold the sum of any floats.
            if (double.IsFinite(pieceSum))
                continue;
            foreach (float value in piece)
            {
                nan += float.IsNaN(value) ? 1 : 0;
                infinite += float.IsInfinity(value) ? 1 : 0;
            }
        }

        return [sum / count, nan > 0 ? double.NaN : greatest, nan, infinite, squares];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Sum, double Squares, float Greatest) Sums(ReadOnlySpan<float> values)
    {
        (Vector<double> sumLow, Vector<double> sumHigh) = (Vector<double>.Zero, Vector<double>.Zero);
        (Vector<double> squaresLow, Vector<double> squaresHigh) = (Vector<double>.Zero, Vector<double>.Zero);
        Vector<float> greatest = Vector<float>.Zero;
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> magnitudes = Vector.Abs(new Vector<float>(values[i..]));
            greatest = Vector.MaxNative(greatest, magnitudes);
            Vector.Widen(magnitudes, out Vector<double> low, out Vector<double> high);
            sumLow += low;
            sumHigh += high;
            squaresLow += low * low;
            squaresHigh += high * high;
        }

        double sum = Vector.Sum(sumLow + sumHigh);
        double squares = Vector.Sum(squaresLow + squaresHigh);
        float most = 0;
        for (int lane = 0; lane < Vector<float>.Count; lane++)
            most = MathF.Max(most, greatest[lane]);
        for (; i < values.Length; i++)
        {
            double magnitude = MathF.Abs(values[i]);
            sum += magnitude;
            squares += magnitude * magnitude;
            most = MathF.Max(most, (float)magnitude);
        }

        return (sum, squares, most);
    }
}
