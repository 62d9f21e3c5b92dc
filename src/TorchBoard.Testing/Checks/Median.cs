namespace TorchBoard.Testing.Checks;

internal static class Median
{
    /// <summary>The middle value, or the mean of the middle two. There must be at least one value.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
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
}
