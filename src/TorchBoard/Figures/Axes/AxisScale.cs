namespace TorchBoard.Figures.Axes;

/// <summary>Where values stand along an axis.</summary>
/// <param name="Min">The value at the axis's start.</param>
/// <param name="Max">The value at its end; greater.</param>
/// <param name="IsLogarithmic">Whether equal factors are equally far apart; the values are positive then.</param>
internal sealed record AxisScale(double Min, double Max, bool IsLogarithmic)
{
    /// <summary>Larger numbers stand where this one does: differences of them overflow.</summary>
    public const double Largest = 1e300;

    private const double Smallest = 1e-290;

    /// <summary>A range that is that much smaller than its values is one value and the rounding of it.</summary>
    private const double Resolution = 1e-12;

    private const double Margin = 0.05;

    /// <summary>The scale that shows values with a margin on either side, but none where areas end.</summary>
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

    /// <summary>How far along the axis a value stands: 0 at the start, 1 at the end; beyond, less or more.</summary>
    public double Share(double value) => IsLogarithmic
        ? (Math.Log10(Math.Max(value, 1 / Largest)) - Math.Log10(Min)) / (Math.Log10(Max) - Math.Log10(Min))
        : (Math.Clamp(value, -Largest, Largest) - Min) / (Max - Min);

    /// <summary>Whether a value can be drawn at all.</summary>
    public bool Shows(double value) => double.IsFinite(value) && (!IsLogarithmic || value > 0);
}
