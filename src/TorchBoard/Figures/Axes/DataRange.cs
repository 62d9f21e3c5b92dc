namespace TorchBoard.Figures.Axes;

/// <summary>The smallest and the largest value that an axis must show.</summary>
/// <param name="positiveOnly">Whether the axis is logarithmic and cannot show values of 0 and below.</param>
internal sealed class DataRange(bool positiveOnly)
{
    private double _lowEdge = double.PositiveInfinity;
    private double _highEdge = double.NegativeInfinity;

    public double Min { get; private set; } = double.PositiveInfinity;

    public double Max { get; private set; } = double.NegativeInfinity;

    /// <summary>Whether the axis is logarithmic.</summary>
    public bool IsLogarithmic => positiveOnly;

    public bool IsEmpty => Min > Max;

    /// <summary>Whether an area ends at the smallest value, so that no margin is needed there.</summary>
    public bool EndsAtMin => _lowEdge <= Min;

    public bool EndsAtMax => _highEdge >= Max;

    /// <summary>Returns whether the axis can show a value.</summary>
    public bool Shows(double value) => double.IsFinite(value) && (!positiveOnly || value > 0);

    public void Include(double value)
    {
        if (!Shows(value))
            return;
        Min = Math.Min(Min, value);
        Max = Math.Max(Max, value);
    }

    public void Include(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
            Include(value);
    }

    /// <summary>Includes a value where areas end: the zero line of bars, the edge of a cell.</summary>
    public void IncludeEdge(double value)
    {
        if (!Shows(value))
            return;
        Include(value);
        _lowEdge = Math.Min(_lowEdge, value);
        _highEdge = Math.Max(_highEdge, value);
    }
}
