namespace TorchBoard.Metrics;

/// <summary>The items whose confidence is in a range: a point of a reliability diagram.</summary>
public readonly struct CalibrationBin
{
    private readonly double _confidences;
    private readonly double _right;

    internal CalibrationBin(double weight, double confidences, double right)
    {
        Weight = weight;
        _confidences = confidences;
        _right = right;
    }

    /// <summary>The sum of the items' weights: without weights, their number.</summary>
    public double Weight { get; }

    /// <summary>The mean confidence of the items, 0 to 1; 0 without items.</summary>
    public double Confidence => ClassAverage.Ratio(_confidences, Weight);

    /// <summary>
    /// The share of items predicted correctly, for a binary classifier of positive items, 0 to 1; 0 without items.
    /// </summary>
    public double Accuracy => ClassAverage.Ratio(_right, Weight);

    /// <summary>The difference of confidence and accuracy, 0 to 1.</summary>
    public double Gap => Math.Abs(Confidence - Accuracy);

    internal CalibrationBin With(CalibrationBin other) =>
        new(Weight + other.Weight, _confidences + other._confidences, _right + other._right);
}
