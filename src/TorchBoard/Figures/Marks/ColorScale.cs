using TorchBoard.Drawing;
using TorchBoard.Imaging;

namespace TorchBoard.Figures.Marks;

/// <summary>The colors of numbers in a plot; a color bar explains them.</summary>
/// <param name="Map">The colors.</param>
/// <param name="Range">The values of the first and the last color; the first is less.</param>
/// <param name="Label">The label of the color bar; empty for none.</param>
internal sealed record ColorScale(ColorMap Map, (double Min, double Max) Range, string Label)
{
    /// <summary>The exponent of shares of the range.</summary>
    public double Gamma { get; init; } = 1;

    /// <summary>Names of both ends, in place of numbers; null for numbers.</summary>
    public (string Low, string High)? Ends { get; init; }

    /// <summary>Returns the color of a value by its share of the range; NaN is gray.</summary>
    public Color ColorOf(double value) =>
        double.IsNaN(value) ? Theme.Missing : ColorAt((value - Range.Min) / (Range.Max - Range.Min));

    /// <summary>Returns the color at a share of the range from 0 to 1, clamped to that range.</summary>
    public Color ColorAt(double share)
    {
        double scaled = Gamma == 1 ? share : Math.Pow(Math.Clamp(share, 0, 1), Gamma);
        return Map[(int)Math.Clamp(Math.Floor(scaled * Map.Count), 0, Map.Count - 1)];
    }
}
