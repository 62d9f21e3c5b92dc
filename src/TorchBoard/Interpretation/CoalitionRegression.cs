using System.Numerics.Tensors;

namespace TorchBoard.Interpretation;

/// <summary>
/// The sums that weighted linear regressions of worths on coalitions need, of any number of coalitions. The worths are
/// relative to a worth near them, so that a constant worth has no rounding error that a regression could fit.
/// </summary>
/// <param name="features">Number of features.</param>
internal sealed class CoalitionRegression(int features)
{
    private readonly double[] _row = new double[features];

    /// <summary>The sum of weights.</summary>
    public double Weight { get; private set; }

    /// <summary>
    /// For each pair of features, the sum of weights where both are present; the lower triangle only. The diagonal is
    /// that of each feature.
    /// </summary>
    public double[][] Together { get; } =
        [.. Enumerable.Range(0, features).Select(feature => new double[feature + 1])];

    /// <summary>For each feature, the sum of weighted worths where it is present.</summary>
    public double[] Worths { get; } = new double[features];

    /// <summary>The sum of weighted worths.</summary>
    public double Worth { get; private set; }

    /// <summary>The sum of weighted squared worths.</summary>
    public double Squares { get; private set; }

    public void Add(ReadOnlySpan<bool> members, double worth, double weight)
    {
        for (int f = 0; f < features; f++)
            _row[f] = members[f] ? 1 : 0;
        for (int f = 0; f < features; f++)
        {
            if (!members[f])
                continue;
            Span<double> lower = Together[f];
            TensorPrimitives.MultiplyAdd(_row.AsSpan(0, f + 1), weight, lower, lower);
            Worths[f] += weight * worth;
        }

        Weight += weight;
        Worth += weight * worth;
        Squares += weight * worth * worth;
    }

    /// <summary>Returns the sum of weights where both features are present.</summary>
    public double At(int feature, int other) =>
        feature >= other ? Together[feature][other] : Together[other][feature];
}
