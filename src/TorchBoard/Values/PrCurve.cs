namespace TorchBoard;

/// <summary>
/// A precision-recall curve: what a classifier's scores give at thresholds that lie evenly from 0 to 1. Immutable,
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

    /// <summary>How many thresholds there are.</summary>
    public int Count { get; }

    /// <summary>True positives at each threshold.</summary>
    public ReadOnlySpan<double> TruePositives => Row(0);

    /// <summary>False positives at each threshold.</summary>
    public ReadOnlySpan<double> FalsePositives => Row(1);

    /// <summary>True negatives at each threshold.</summary>
    public ReadOnlySpan<double> TrueNegatives => Row(2);

    /// <summary>False negatives at each threshold.</summary>
    public ReadOnlySpan<double> FalseNegatives => Row(3);

    /// <summary>The share of true positives among all taken for positive, at each threshold.</summary>
    public ReadOnlySpan<double> Precision => Row(4);

    /// <summary>The share of the positives that the classifier finds, at each threshold.</summary>
    public ReadOnlySpan<double> Recall => Row(5);

    /// <summary>A threshold: <c>index / (Count - 1)</c>.</summary>
    /// <param name="index">Which one; from 0 to below <see cref="Count"/>.</param>
    public double Threshold(int index) => Count > 1 ? index / (double)(Count - 1) : 0;

    private ReadOnlySpan<double> Row(int row) => _rows.AsSpan(row * Count, Count);
}
