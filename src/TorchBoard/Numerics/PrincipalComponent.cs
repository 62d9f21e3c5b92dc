using System.Numerics.Tensors;

namespace TorchBoard.Numerics;

/// <summary>The first principal component of channels over positions.</summary>
internal static class PrincipalComponent
{
    /// <summary>
    /// Number of times the matrix is squared before the iteration, which then converges 2⁸ times as fast.
    /// </summary>
    private const int Squarings = 8;

    private const int MaxIterations = 5000;
    private const double Converged = 1e-15;

    /// <summary>
    /// Projects the positions, with each channel centered, on the first right singular vector. The sign of that vector
    /// is arbitrary; it is chosen so that the value farthest from 0 is positive (Chung and Ying, "Seg-Eigen-CAM",
    /// 2025).
    /// </summary>
    public static void Project(double[] channels, int count, Span<double> map)
    {
        int area = map.Length;
        for (int c = 0; c < count; c++)
        {
            Span<double> channel = channels.AsSpan(c * area, area);
            TensorPrimitives.Subtract(channel, TensorPrimitives.Sum<double>(channel) / area, channel);
        }

        map.Clear();
        double[] vector = FirstDirection(channels, count, area);
        for (int c = 0; c < count; c++)
            TensorPrimitives.MultiplyAdd(channels.AsSpan(c * area, area), vector[c], map, map);

        double farthest = 0;
        foreach (double value in map)
            farthest = Math.Abs(value) > Math.Abs(farthest) ? value : farthest;
        if (farthest < 0)
            TensorPrimitives.Negate(map, map);
    }

    /// <summary>Returns the first right singular vector, over the channels; zeros if all positions are equal.</summary>
    private static double[] FirstDirection(double[] channels, int count, int area)
    {
        if (count <= area)
            return FirstEigenvector(Gram(channels, count), count);

        // With fewer positions than channels, compute the left vector first.
        double[] places = new double[channels.Length];
        for (int i = 0; i < channels.Length; i++)
            places[(i % area * count) + (i / area)] = channels[i];
        double[] left = FirstEigenvector(Gram(places, area), area);
        double[] direction = new double[count];
        for (int p = 0; p < area; p++)
            TensorPrimitives.MultiplyAdd(places.AsSpan(p * count, count), left[p], direction, direction);
        Normalize(direction);
        return direction;
    }

    /// <summary>Returns the dot products of all pairs of rows.</summary>
    private static double[] Gram(double[] rows, int count)
    {
        int length = rows.Length / count;
        double[] gram = new double[count * count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double dot = TensorPrimitives.Dot<double>(
                    rows.AsSpan(i * length, length), rows.AsSpan(j * length, length));
                gram[(i * count) + j] = dot;
                gram[(j * count) + i] = dot;
            }
        }

        return gram;
    }

    /// <summary>Returns the first eigenvector by power iteration.</summary>
    private static double[] FirstEigenvector(double[] matrix, int count)
    {
        for (int i = 0; i <= Squarings; i++)
        {
            if (i > 0)
                matrix = Gram(matrix, count);
            double greatest = TensorPrimitives.MaxMagnitude<double>(matrix);
            if (greatest == 0)
                return new double[count];
            TensorPrimitives.Divide(matrix, Math.Abs(greatest), matrix);
        }

        // The longest column is not orthogonal to the eigenvector.
        int longest = 0;
        for (int i = 1; i < count; i++)
            longest = matrix[(i * count) + i] > matrix[(longest * count) + longest] ? i : longest;
        double[] vector = matrix.AsSpan(longest * count, count).ToArray();
        Normalize(vector);
        double[] next = new double[count];
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            for (int i = 0; i < count; i++)
                next[i] = TensorPrimitives.Dot<double>(matrix.AsSpan(i * count, count), vector);
            Normalize(next);
            double moved = TensorPrimitives.Distance<double>(next, vector);
            (vector, next) = (next, vector);
            if (moved < Converged)
                break;
        }

        return vector;
    }

    private static void Normalize(Span<double> vector)
    {
        double norm = TensorPrimitives.Norm<double>(vector);
        if (norm > 0)
            TensorPrimitives.Divide(vector, norm, vector);
    }
}
