using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace TorchBoard.Imaging;

/// <summary>For each position of a new axis, the positions of the old axis and their weights.</summary>
/// <param name="OldSize">Number of positions of the old axis.</param>
/// <param name="First">For each new position, its first old position.</param>
/// <param name="Weights">The weights of that position and the following ones; they sum to 1.</param>
internal sealed record Taps(int OldSize, int[] First, float[][] Weights)
{
    public static Taps Of(int oldSize, int newSize, Interpolation interpolation)
    {
        int[] first = new int[newSize];
        float[][] weights = new float[newSize][];
        double scale = (double)oldSize / newSize;
        for (int i = 0; i < newSize; i++)
        {
            (first[i], weights[i]) = interpolation switch
            {
                Interpolation.Nearest => ((int)Math.Min((long)i * oldSize / newSize, oldSize - 1), [1f]),
                Interpolation.BilinearAlignedCorners =>
                    Between(newSize == 1 ? 0 : (double)i * (oldSize - 1) / (newSize - 1), oldSize),
                Interpolation.BilinearAntialiased when scale > 1 => Triangle((i + 0.5) * scale, scale, oldSize),
                _ => Between(((i + 0.5) * scale) - 0.5, oldSize),
            };
        }

        return new(oldSize, first, weights);
    }

    /// <summary>Mixes the columns of a plane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void MixColumns(ReadOnlySpan<float> plane, int rows, Span<float> mixed)
    {
        for (int y = 0, to = 0; y < rows; y++)
        {
            ReadOnlySpan<float> row = plane.Slice(y * OldSize, OldSize);
            for (int x = 0; x < First.Length; x++)
            {
                float[] weights = Weights[x];
                float sum = row[First[x]] * weights[0];
                for (int k = 1; k < weights.Length; k++)
                    sum += row[First[x] + k] * weights[k];
                mixed[to++] = sum;
            }
        }
    }

    /// <summary>Mixes the rows of a plane.</summary>
    public void MixRows(ReadOnlySpan<float> plane, int columns, Span<float> mixed)
    {
        for (int y = 0; y < First.Length; y++)
        {
            Span<float> row = mixed.Slice(y * columns, columns);
            TensorPrimitives.Multiply(plane.Slice(First[y] * columns, columns), Weights[y][0], row);
            for (int k = 1; k < Weights[y].Length; k++)
            {
                ReadOnlySpan<float> other = plane.Slice((First[y] + k) * columns, columns);
                TensorPrimitives.MultiplyAdd(other, Weights[y][k], row, row);
            }
        }
    }

    private static (int First, float[] Weights) Between(double place, int size)
    {
        place = Math.Clamp(place, 0, size - 1);
        int first = (int)place;
        float next = (float)(place - first);

        // A weight of 0 would turn an adjacent infinity into NaN.
        return next == 0 ? (first, [1f]) : (first, [1 - next, next]);
    }

    private static (int First, float[] Weights) Triangle(double center, double scale, int size)
    {
        int first = Math.Max((int)(center - scale + 0.5), 0);
        int end = Math.Min((int)(center + scale + 0.5), size);
        float[] weights = new float[end - first];
        for (int k = 0; k < weights.Length; k++)
            weights[k] = (float)Math.Max(0, 1 - (Math.Abs(first + k + 0.5 - center) / scale));
        TensorPrimitives.Divide(weights, TensorPrimitives.Sum<float>(weights), weights);
        return (first, weights);
    }
}
