namespace TorchBoard.Figures.Axes;

/// <summary>The positions of values along an axis.</summary>
/// <param name="Min">The value at the start of the axis.</param>
/// <param name="Max">The value at the end; greater than <paramref name="Min"/>.</param>
/// <param name="IsLogarithmic">Whether the scale is logarithmic; its values are then positive.</param>
internal sealed record AxisScale(double Min, double Max, bool IsLogarithmic)
{
    /// <summary>Larger numbers are drawn at this value because their differences overflow.</summary>
    public const double Largest = 1e300;

    private const double Smallest = 1e-290;

    /// <summary>A range smaller than its values by this factor is one value with rounding errors.</summary>
    private const double Resolution = 1e-12;

    private const double Margin = 0.05;

    /// <summary>Returns a scale that shows values with a margin at both ends, except where areas end.</summary>
    public static AxisScale Around(DataRange range, bool isLogarithmic)
    {
        if (range.IsEmpty)
            return isLogarithmic ? new(1, 10, true) : new(0, 1, false);
        (double min, double max) = isLogarithmic
            ? (Math.Log10(range.Min), Math.Log10(range.Max))
            : (Math.Clamp(range.Min, -Largest, Largest), Math.Clamp(range.Max, -Largest, Largest));

        double size = Math.Max(Math.Abs(min), Math.Abs(max));
        if (max - min <= Math.Max(size * Resolution, Smallest))
        {
            double around = isLogarithmic || size <= Smallest ? 1 : size / 2;
            (min, max) = (range.EndsAtMin ? min : min - around, max + around);
        }
        else
        {
            double margin = (max - min) * Margin;
            (min, max) = (range.EndsAtMin ? min : min - margin, range.EndsAtMax ? max : max + margin);
        }

        return isLogarithmic
            ? new(Math.Pow(10, Math.Max(min, -300)), Math.Pow(10, Math.Min(max, 300)), true)
            : new(min, max, false);
    }

    /// <summary>
    /// Returns the position of a value along the axis: 0 at the start, 1 at the end; less or more beyond the ends.
    /// </summary>
    public double Share(double value) => IsLogarithmic
        ? (Math.Log10(Math.Max(value, 1 / Largest)) - Math.Log10(Min)) / (Math.Log10(Max) - Math.Log10(Min))
        : (Math.Clamp(value, -Largest, Largest) - Min) / (Max - Min);

    /// <summary>Returns whether a value can be drawn.</summary>
    public bool Shows(double value) => double.IsFinite(value) && (!IsLogarithmic || value > 0);
}
