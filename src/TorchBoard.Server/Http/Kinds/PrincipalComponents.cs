using System.Numerics.Tensors;

namespace TorchBoard.Server.Http.Kinds;

/// <summary>Principal component analysis: the directions in which vectors differ most.</summary>
internal static class PrincipalComponents
{
    private const int Components = 3;

    // Additional directions speed up convergence, which depends on the gap to the first direction left out.
    private const int Directions = 8;
    private const int MostIterations = 100;
    private const double Converged = 1e-7;

    /// <summary>Projects vectors, which are centered in place.</summary>
    /// <param name="vectors">The vectors, one after the other.</param>
    /// <param name="dimensions">The length of a vector.</param>
    /// <returns>
    /// Three numbers for each vector, and the share of the variance of each of the three directions; zeros where there are
    /// fewer directions.
    /// </returns>
    public static (float[] Points, double[] Shares) Project(float[] vectors, int dimensions)
    {
        Center(vectors, dimensions);
        double total = 0;
        for (int at = 0; at < vectors.Length; at += dimensions)
            total += TensorPrimitives.SumOfSquares(vectors.AsSpan(at, dimensions));
        int count = Math.Min(Directions, dimensions);
        double[][] directions = Start(count, dimensions);
        double before = 0;
        for (int iteration = 0; iteration < MostIterations && total > 0; iteration++)
        {
            directions = Apply(vectors, dimensions, directions);
            double captured = directions.Take(Components).Sum(direction => TensorPrimitives.Norm<double>(direction));
            Orthonormalize(directions);
            if (Math.Abs(captured - before) <= Converged * captured)
                break;
            before = captured;
        }

        return Rotate(vectors, dimensions, directions, total);
    }

    private static void Center(float[] vectors, int dimensions)
    {
        int rows = vectors.Length / dimensions;
        double[] sum = new double[dimensions];
        double[] wide = new double[dimensions];
        for (int at = 0; at < vectors.Length; at += dimensions)
        {
            TensorPrimitives.ConvertTruncating<float, double>(vectors.AsSpan(at, dimensions), wide);
            TensorPrimitives.Add(sum, wide, sum);
        }

        float[] mean = [.. sum.Select(one => (float)(one / rows))];
        for (int at = 0; at < vectors.Length; at += dimensions)
            TensorPrimitives.Subtract(vectors.AsSpan(at, dimensions), mean, vectors.AsSpan(at, dimensions));
    }

    // A fixed seed, so that the page shows the same every time.
    private static double[][] Start(int count, int dimensions)
    {
        var random = new Random(17);
        double[][] directions = new double[count][];
        for (int i = 0; i < count; i++)
        {
            directions[i] = new double[dimensions];
            for (int d = 0; d < dimensions; d++)
                directions[i][d] = random.NextDouble() - 0.5;
        }

        Orthonormalize(directions);
        return directions;
    }

    // Multiplies by the covariance, without ever computing that matrix.
    private static double[][] Apply(float[] vectors, int dimensions, double[][] directions)
    {
        float[][] narrow = [.. directions.Select(direction => direction.Select(number => (float)number).ToArray())];
        float[][] chunk = [.. directions.Select(_ => new float[dimensions])];
        double[][] next = [.. directions.Select(_ => new double[dimensions])];
        double[] wide = new double[dimensions];
        const int chunkRows = 256;
        int rows = vectors.Length / dimensions;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> vector = vectors.AsSpan(row * dimensions, dimensions);
            for (int i = 0; i < directions.Length; i++)
                TensorPrimitives.MultiplyAdd(vector, TensorPrimitives.Dot(vector, narrow[i]), chunk[i], chunk[i]);
            if (row % chunkRows != chunkRows - 1 && row != rows - 1)
                continue;
            for (int i = 0; i < directions.Length; i++)
            {
                TensorPrimitives.ConvertTruncating<float, double>(chunk[i], wide);
                TensorPrimitives.Add(next[i], wide, next[i]);
                Array.Clear(chunk[i]);
            }
        }

        return next;
    }

    private static void Orthonormalize(double[][] directions)
    {
        for (int i = 0; i < directions.Length; i++)
        {
            // Twice, because once loses half of the digits if directions are almost the same.
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                {
                    TensorPrimitives.MultiplyAdd(
                        directions[j], -TensorPrimitives.Dot<double>(directions[i], directions[j]), directions[i], directions[i]);
                }
            }

            double norm = TensorPrimitives.Norm<double>(directions[i]);
            if (norm > 1e-30)
                TensorPrimitives.Divide(directions[i], norm, directions[i]);
            else
                Array.Clear(directions[i]);
        }
    }

    // The directions span the right space; their covariance turns them into the principal ones.
    private static (float[] Points, double[] Shares) Rotate(
        float[] vectors, int dimensions, double[][] directions, double total)
    {
        int rows = vectors.Length / dimensions;
        int count = directions.Length;
        double[] projected = new double[rows * count];
        double[] wide = new double[dimensions];
        for (int row = 0; row < rows; row++)
        {
            TensorPrimitives.ConvertTruncating<float, double>(vectors.AsSpan(row * dimensions, dimensions), wide);
            for (int i = 0; i < count; i++)
                projected[(row * count) + i] = TensorPrimitives.Dot<double>(wide, directions[i]);
        }

        double[,] covariance = new double[count, count];
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < count; j++)
                    covariance[i, j] += projected[(row * count) + i] * projected[(row * count) + j];
            }
        }

        double[,] vectorsOf = Jacobi(covariance);
        int[] order = [.. Enumerable.Range(0, count).OrderByDescending(i => covariance[i, i])];
        float[] points = new float[rows * Components];
        double[] shares = new double[Components];
        for (int c = 0; c < Math.Min(Components, count); c++)
        {
            int which = order[c];
            shares[c] = total > 0 ? Math.Clamp(covariance[which, which] / total, 0, 1) : 0;
            double farthest = 0;
            for (int row = 0; row < rows; row++)
            {
                double at = 0;
                for (int i = 0; i < count; i++)
                    at += projected[(row * count) + i] * vectorsOf[i, which];
                points[(row * Components) + c] = (float)at;
                if (Math.Abs(at) > Math.Abs(farthest))
                    farthest = at;
            }

            // The sign of a direction is arbitrary; the point farthest from the center is positive.
            for (int row = 0; row < rows && farthest < 0; row++)
                points[(row * Components) + c] *= -1;
        }

        return (points, shares);
    }

    /// <summary>Makes a symmetric matrix diagonal by rotations, which it returns: the eigenvectors, in columns.</summary>
    private static double[,] Jacobi(double[,] matrix)
    {
        int count = matrix.GetLength(0);
        double[,] rotation = new double[count, count];
        for (int i = 0; i < count; i++)
            rotation[i, i] = 1;
        for (int sweep = 0; sweep < 50; sweep++)
        {
            double largest = 0;
            for (int p = 0; p < count; p++)
            {
                for (int q = p + 1; q < count; q++)
                {
                    largest = Math.Max(largest, Math.Abs(matrix[p, q]));
                    Annihilate(matrix, rotation, p, q);
                }
            }

            if (largest == 0)
                break;
        }

        return rotation;
    }

    private static void Annihilate(double[,] matrix, double[,] rotation, int p, int q)
    {
        if (Math.Abs(matrix[p, q]) <= 1e-300)
            return;
        double theta = (matrix[q, q] - matrix[p, p]) / (2 * matrix[p, q]);
        double tangent = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
        double sine = tangent * cosine;
        int count = matrix.GetLength(0);
        for (int k = 0; k < count; k++)
            (matrix[k, p], matrix[k, q]) = Turn(matrix[k, p], matrix[k, q]);
        for (int k = 0; k < count; k++)
            (matrix[p, k], matrix[q, k]) = Turn(matrix[p, k], matrix[q, k]);
        for (int k = 0; k < count; k++)
            (rotation[k, p], rotation[k, q]) = Turn(rotation[k, p], rotation[k, q]);

        (double, double) Turn(double a, double b) => ((cosine * a) - (sine * b), (sine * a) + (cosine * b));
    }
}
