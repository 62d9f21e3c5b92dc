namespace TorchBoard.Metrics;

/// <summary>Means over classes.</summary>
internal static class ClassAverage
{
    /// <summary>a/b, and 0 where b is 0.</summary>
    public static double Ratio(double a, double b) => b == 0 ? 0 : a / b;

    /// <summary>The mean of the classes that count, 0 where none does.</summary>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="value">A class's number.</param>
    /// <param name="weight">What a class counts.</param>
    public static double Of(int classes, Func<int, double> value, Func<int, double> weight)
    {
        (double sum, double weights) = (0, 0);
        for (int c = 0; c < classes; c++)
        {
            double counts = weight(c);
            if (counts == 0)
                continue;
            sum += counts * value(c);
            weights += counts;
        }

        return Ratio(sum, weights);
    }

    public static ArgumentOutOfRangeException NoSuch(Averaging averaging) =>
        new(nameof(averaging), averaging, "There is no such averaging.");
}
