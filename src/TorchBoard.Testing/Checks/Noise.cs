namespace TorchBoard.Testing.Checks;

/// <summary>The noise of a curve, estimated so that neither its trend nor a few outliers count.</summary>
internal static class Noise
{
    /// <summary>For normal noise, the standard deviation is so many times the median deviation.</summary>
    private const double DeviationOfMedian = 1.4826;

    /// <summary>
    /// How far each value but the first and the last lies from the middle of its neighbors. Of independent noise
    /// with the standard deviation σ, these have √1.5 σ.
    /// </summary>
    public static double[] Bends(double[] values)
    {
        double[] bends = new double[Math.Max(0, values.Length - 2)];
        for (int i = 0; i < bends.Length; i++)
            bends[i] = Math.Abs(values[i + 1] - (values[i] / 2) - (values[i + 2] / 2));
        return bends;
    }

    /// <summary>The standard deviation of the noise: 1.4826 · median of the bends / √1.5, 0 without any.</summary>
    public static double Deviation(ReadOnlySpan<double> bends) =>
        bends.IsEmpty ? 0 : DeviationOfMedian * Median.Of(bends) / Math.Sqrt(1.5);

    /// <summary>The standard deviation of values around a level: 1.4826 · median |v − level|.</summary>
    public static double Deviation(double[] values, double level) =>
        DeviationOfMedian * Median.Of(Array.ConvertAll(values, value => Math.Abs(value - level)));
}
