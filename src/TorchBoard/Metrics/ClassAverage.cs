namespace TorchBoard.Metrics;

/// <summary>Computes means over classes.</summary>
internal static class ClassAverage
{
    /// <summary>Returns a/b, or 0 if b is 0.</summary>
    public static double Ratio(double a, double b) => b == 0 ? 0 : a / b;

    /// <summary>Returns the weighted mean over classes; 0 if all weights are 0.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="value">Returns the value of a class.</param>
    /// <param name="weight">Returns the weight of a class.</param>
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

    public static void ThrowIfUndefined(Averaging averaging)
    {
        if (!Enum.IsDefined(averaging))
            throw NoSuch(averaging);
    }

    /// <summary>Returns the weight of a class with items in a macro or weighted average.</summary>
    public static double Weight(Averaging averaging, double items) => averaging switch
    {
        Averaging.Macro => 1,
        Averaging.Weighted => items,
        _ => throw NoSuch(averaging),
    };

    public static ArgumentOutOfRangeException NoSuch(Averaging averaging) =>
        new(nameof(averaging), averaging, "The value is not a defined averaging.");
}
