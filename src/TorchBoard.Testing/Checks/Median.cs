using System.Runtime.CompilerServices;

namespace TorchBoard.Testing.Checks;

internal static class Median
{
    private const int FewToSort = 16;
    private const int MostRounds = 64;

    /// <summary>The middle value, or the mean of the middle two. There must be at least one value, and no NaN.</summary>
    public static double Of(ReadOnlySpan<double> values) => OfReordered(values.ToArray());

    /// <inheritdoc cref="Of"/>
    /// <param name="values">The values, which are reordered.</param>
    public static double OfReordered(Span<double> values)
    {
        int middle = values.Length / 2;
        Select(values, middle);
        if (values.Length % 2 == 0)
        {
            double below = values[0];
            foreach (double value in values[..middle])
                below = Math.Max(below, value);
            values[middle - 1] = below;
        }

        return OfSorted(values);
    }

    /// <inheritdoc cref="Of"/>
    public static double OfSorted(ReadOnlySpan<double> sorted)
    {
        int middle = sorted.Length / 2;

        // Halves, because the sum of two large numbers overflows.
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] / 2) + (sorted[middle] / 2);
    }

    /// <summary>The medians of this many blocks of consecutive values, whose lengths differ by at most one.</summary>
    public static double[] OfBlocks(double[] values, int blocks)
    {
        double[] medians = new double[blocks];
        for (int i = 0; i < blocks; i++)
            medians[i] = Of(values.AsSpan(Start(i)..Start(i + 1)));
        return medians;

        int Start(int block) => (int)((long)block * values.Length / blocks);
    }

    /// <summary>
    /// Moves the value of a rank to its place, with none greater before it and none less after it (Hoare's selection).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Select(Span<double> values, int rank)
    {
        (int low, int high) = (0, values.Length - 1);
        for (int round = 0; low < high; round++)
        {
            // After many bad pivots, sorting bounds the time.
            if (high - low < FewToSort || round == MostRounds)
            {
                values[low..(high + 1)].Sort();
                return;
            }

            double pivot = MiddleOf(values[low], values[low + ((high - low) / 2)], values[high]);
            (int i, int j) = (low, high);
            while (i <= j)
            {
                while (values[i] < pivot)
                    i++;
                while (values[j] > pivot)
                    j--;
                if (i > j)
                    break;
                (values[i], values[j]) = (values[j], values[i]);
                i++;
                j--;
            }

            if (rank <= j)
                high = j;
            else if (rank >= i)
                low = i;
            else
                return;
        }
    }

    private static double MiddleOf(double a, double b, double c) =>
        Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
