namespace TorchBoard.Testing.Checks;

/// <summary>The noise of a curve, estimated robustly against its trend and a few outliers.</summary>
internal static class Noise
{
    /// <summary>The ratio of the standard deviation to the median deviation for normal noise.</summary>
    private const double DeviationOfMedian = 1.4826;

    /// <summary>
    /// The distance of each value except the first and the last from the mean of its neighbors. For independent noise
    /// with the standard deviation σ, the standard deviation of these is √1.5 σ.
    /// </summary>
    public static double[] Bends(double[] values)
    {
        double[] bends = new double[Math.Max(0, values.Length - 2)];
        for (int i = 0; i < bends.Length; i++)
            bends[i] = Math.Abs(values[i + 1] - (values[i] / 2) - (values[i + 2] / 2));
        return bends;
    }

    /// <summary>
    /// The standard deviation of the noise: 1.4826 · median of the bends / √1.5; 0 if there are none.
    /// </summary>
    public static double Deviation(ReadOnlySpan<double> bends) =>
        bends.IsEmpty ? 0 : Deviation(Median.Of(bends));

    /// <summary>The standard deviation of the noise, from the median of the bends.</summary>
    public static double Deviation(double medianOfBends) => DeviationOfMedian * medianOfBends / Math.Sqrt(1.5);

    /// <summary>The standard deviation of values around a level: 1.4826 · median |v − level|.</summary>
    public static double Deviation(double[] values, double level) =>
        DeviationOfMedian * Median.Of(Array.ConvertAll(values, value => Math.Abs(value - level)));
}
