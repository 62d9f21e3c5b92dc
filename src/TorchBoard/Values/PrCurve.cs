namespace TorchBoard;

/// <summary>
/// A precision-recall curve: the results of a classifier at thresholds evenly spaced from 0 to 1. Immutable,
/// thread-safe.
/// </summary>
public sealed class PrCurve
{
    private readonly double[] _rows;

    internal PrCurve(double[] rows)
    {
        _rows = rows;
        Count = rows.Length / 6;
    }

    /// <summary>The number of thresholds.</summary>
    public int Count { get; }

    /// <summary>The true positives at each threshold.</summary>
    public ReadOnlySpan<double> TruePositives => Row(0);

    /// <summary>The false positives at each threshold.</summary>
    public ReadOnlySpan<double> FalsePositives => Row(1);

    /// <summary>The true negatives at each threshold.</summary>
    public ReadOnlySpan<double> TrueNegatives => Row(2);

    /// <summary>The false negatives at each threshold.</summary>
    public ReadOnlySpan<double> FalseNegatives => Row(3);

    /// <summary>The fraction of predicted positives that are true positives, at each threshold.</summary>
    public ReadOnlySpan<double> Precision => Row(4);

    /// <summary>The fraction of positives that the classifier finds, at each threshold.</summary>
    public ReadOnlySpan<double> Recall => Row(5);

    /// <summary>Returns a threshold: <c>index / (Count - 1)</c>.</summary>
    /// <param name="index">The index of the threshold; at least 0, less than <see cref="Count"/>.</param>
    public double Threshold(int index) => Count > 1 ? index / (double)(Count - 1) : 0;

    private ReadOnlySpan<double> Row(int row) => _rows.AsSpan(row * Count, Count);
}
