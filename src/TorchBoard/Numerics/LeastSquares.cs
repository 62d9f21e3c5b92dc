using System.Numerics.Tensors;

namespace TorchBoard.Numerics;

/// <summary>Weighted linear regression by its normal equations.</summary>
internal static class LeastSquares
{
    /// <summary>Pivots below this fraction of the largest are rounding errors.</summary>
    private const double Negligible = 1e-12;

    /// <summary>
    /// Returns the solution x of the normal equations matrix·x = right. If they do not determine it, returns that with
    /// the least norm.
    /// </summary>
    /// <param name="matrix">
    /// XᵀWX, the lower triangle by rows, plus the ridge penalty on its diagonal; is overwritten.
    /// </param>
    /// <param name="right">XᵀWy.</param>
    /// <returns>The coefficients, and how many independent equations there are for them.</returns>
    public static (double[] Coefficients, int Rank) Solve(double[][] matrix, double[] right)
    {
        double[] diagonal = Decompose(matrix);
        int rank = diagonal.Count(pivot => pivot != 0);
        double[] coefficients =
            rank == right.Length ? Solve(matrix, diagonal, right) : LeastNorm(matrix, diagonal, right);
        return (coefficients, rank);
    }

    /// <summary>
    /// Replaces the lower triangle of a symmetric matrix that has no negative eigenvalue by L of L·D·Lᵀ, with ones that
    /// are not stored on its diagonal.
    /// </summary>
    /// <returns>D. It is 0 where the row depends on those above; the column of L below is 0 there, too.</returns>
    private static double[] Decompose(double[][] matrix)
    {
        int count = matrix.Length;
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

        return diagonal;
    }

    /// <summary>Solves L·D·Lᵀ·x = right; x is 0 where D is.</summary>
    private static double[] Solve(double[][] lower, double[] diagonal, double[] right)
    {
        double[] solution = SolveLower(lower, right);
        for (int i = 0; i < solution.Length; i++)
            solution[i] = diagonal[i] == 0 ? 0 : solution[i] / diagonal[i];
        for (int i = solution.Length - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < solution.Length; k++)
                solution[i] -= lower[k][i] * solution[k];
        }

        return solution;
    }

    /// <summary>
    /// Returns the shortest solution of L·D·Lᵀ·x = right. It is in the span of B, the columns of L·√D with pivots: x =
    /// B·z, and (BᵀB)·z = D^(−½)·L⁻¹·right.
    /// </summary>
    private static double[] LeastNorm(double[][] lower, double[] diagonal, double[] right)
    {
        double[] solved = SolveLower(lower, right);
        int[] pivots = [.. Enumerable.Range(0, diagonal.Length).Where(i => diagonal[i] != 0)];
        double[][] columns = Array.ConvertAll(pivots, pivot =>
        {
            double[] column = new double[diagonal.Length];
            column[pivot] = Math.Sqrt(diagonal[pivot]);
            for (int i = pivot + 1; i < column.Length; i++)
                column[i] = lower[i][pivot] * column[pivot];
            return column;
        });
        double[][] products = [.. columns.Select((column, i) => columns[..(i + 1)]
            .Select(other => TensorPrimitives.Dot<double>(column, other)).ToArray())];
        double[] shares = Solve(
            products, Decompose(products), Array.ConvertAll(pivots, pivot => solved[pivot] / Math.Sqrt(diagonal[pivot])));
        double[] solution = new double[diagonal.Length];
        for (int i = 0; i < shares.Length; i++)
            TensorPrimitives.MultiplyAdd(columns[i], shares[i], solution, solution);
        return solution;
    }

    private static double[] SolveLower(double[][] lower, double[] right)
    {
        double[] solution = new double[right.Length];
        for (int i = 0; i < solution.Length; i++)
            solution[i] = right[i] - TensorPrimitives.Dot<double>(lower[i].AsSpan(0, i), solution.AsSpan(0, i));
        return solution;
    }
}
