using System.Numerics.Tensors;

namespace TorchBoard.Numerics;

/// <summary>Weighted linear regression without intercept.</summary>
internal static class LeastSquares
{
    /// <summary>Pivots below this fraction of the largest are rounding errors.</summary>
    private const double Negligible = 1e-12;

    /// <summary>
    /// Returns the coefficients b that minimize Σ weight·(target − row·b)² + ridge·|b|². A coefficient that the rows do
    /// not determine is 0.
    /// </summary>
    public static double[] Solve(double[][] rows, double[] targets, double[] weights, int count, double ridge = 0)
    {
        double[][] normal = new double[count][];
        for (int i = 0; i < count; i++)
        {
            normal[i] = new double[count];
            normal[i][i] = ridge;
        }

        double[] right = new double[count];
        for (int r = 0; r < rows.Length; r++)
        {
            double[] row = rows[r];
            for (int i = 0; i < count; i++)
            {
                double factor = weights[r] * row[i];
                if (factor == 0)
                    continue;
                right[i] += factor * targets[r];
                Span<double> lower = normal[i].AsSpan(0, i + 1);
                TensorPrimitives.MultiplyAdd(row.AsSpan(0, i + 1), factor, lower, lower);
            }
        }

        return SolveSymmetric(normal, right);
    }

    /// <summary>Solves by L·D·Lᵀ decomposition; reads only the lower triangle.</summary>
    private static double[] SolveSymmetric(double[][] matrix, double[] right)
    {
        int count = right.Length;
        double[] diagonal = new double[count];
        double[] scaled = new double[count];
        double greatest = 0;
        for (int i = 0; i < count; i++)
            greatest = Math.Max(greatest, matrix[i][i]);

        for (int i = 0; i < count; i++)
        {
            double[] row = matrix[i];
            for (int j = 0; j < i; j++)
            {
                scaled[j] = row[j] - TensorPrimitives.Dot<double>(scaled.AsSpan(0, j), matrix[j].AsSpan(0, j));
                row[j] = diagonal[j] == 0 ? 0 : scaled[j] / diagonal[j];
            }

            double pivot = row[i] - TensorPrimitives.Dot<double>(scaled.AsSpan(0, i), row.AsSpan(0, i));
            diagonal[i] = pivot > Negligible * greatest ? pivot : 0;
        }

        double[] solution = new double[count];
        for (int i = 0; i < count; i++)
            solution[i] = right[i] - TensorPrimitives.Dot<double>(matrix[i].AsSpan(0, i), solution.AsSpan(0, i));
        for (int i = 0; i < count; i++)
            solution[i] = diagonal[i] == 0 ? 0 : solution[i] / diagonal[i];
        for (int i = count - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < count; k++)
                solution[i] -= matrix[k][i] * solution[k];

            // An undetermined coefficient stays 0 and does not affect the others.
            if (diagonal[i] == 0)
                solution[i] = 0;
        }

        return solution;
    }
}
