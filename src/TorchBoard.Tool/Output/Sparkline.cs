namespace TorchBoard.Tool.Output;

/// <summary>A row of small bars.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary>
    /// Values, scaled from their minimum to their maximum; each bar is the mean of its part of the values.
    /// </summary>
    public static string Of(ReadOnlySpan<double> values, int width)
    {
        int columns = Math.Min(width, values.Length);
        double[] means = new double[columns];
        for (int i = 0; i < columns; i++)
        {
            int from = (int)((long)i * values.Length / columns);
            int to = (int)((long)(i + 1) * values.Length / columns);
            means[i] = MeanOfFinite(values[from..to]);
        }

        double[] finite = [.. means.Where(double.IsFinite)];
        return finite.Length == 0 ? "" : Draw(means, finite.Min(), finite.Max());
    }

    /// <summary>Counts, scaled from zero to their maximum; zero is blank.</summary>
    public static string OfCounts(double[] counts) =>
        Draw(Array.ConvertAll(counts, count => count > 0 ? count : double.NaN), 0, counts.Max());

    private static string Draw(double[] values, double min, double max) =>
        string.Create(values.Length, (values, min, max), static (span, given) =>
    {
        // Halves, because the difference of the largest numbers overflows.
        double range = (given.max / 2) - (given.min / 2);
        for (int i = 0; i < span.Length; i++)
        {
            double value = given.values[i];
            double share = range > 0 ? ((value / 2) - (given.min / 2)) / range : 0;
            span[i] = double.IsFinite(value) ? Bars[(int)Math.Round(share * (Bars.Length - 1))] : ' ';
        }
    });

    private static double MeanOfFinite(ReadOnlySpan<double> values)
    {
        double mean = double.NaN;
        int count = 0;
        foreach (double value in values)
        {
            if (!double.IsFinite(value))
                continue;
            mean = count == 0 ? value : mean + ((value - mean) / (count + 1));
            count++;
        }

        return mean;
    }
}
