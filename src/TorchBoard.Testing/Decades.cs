namespace TorchBoard.Testing;

/// <summary>Chooses the vertical axis of a chart.</summary>
internal static class Decades
{
    private const double Far = 100;

    /// <summary>Returns whether all values are positive and span too many decades for a linear axis.</summary>
    /// <param name="values">The values; none is NaN.</param>
    public static bool AreSpanned(ReadOnlySpan<double> values)
    {
        (double least, double greatest) = (double.PositiveInfinity, 0);
        foreach (double value in values)
            (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
        return least > 0 && greatest / least >= Far;
    }
}
