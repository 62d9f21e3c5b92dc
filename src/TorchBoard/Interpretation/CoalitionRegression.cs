using System.Numerics;
using System.Runtime.InteropServices;

namespace TorchBoard.Interpretation;

/// <summary>
/// The sums that weighted linear regressions of worths on coalitions need, of any number of coalitions. The worths are
/// relative to a worth near them, so that a constant worth has no rounding error that a regression could fit.
/// </summary>
internal sealed class CoalitionRegression
{
    /// <summary>Coalitions that are added to the sums together, so that each sum is loaded once for all of them.</summary>
    private const int Block = 4;

    private readonly int _features;

    // Rows are whole vectors; what is beyond the diagonal is not used.
    private readonly double[][] _together;
    private readonly double[] _worths;

    // Of each coalition that waits to be added: who is present, its weight for those, and its worth.
    private readonly bool[] _members;
    private readonly double[] _weights;
    private readonly double[] _waitingWorths = new double[Block];
    private int _waiting;

    /// <param name="features">Number of features.</param>
    public CoalitionRegression(int features)
    {
        _features = features;
        _together = [.. Enumerable.Range(0, features).Select(feature => new double[WholeVectors(feature + 1)])];
        _worths = new double[WholeVectors(features)];
        _members = new bool[Block * features];
        _weights = new double[Block * _worths.Length];
    }

    /// <summary>The sum of weights.</summary>
    public double Weight { get; private set; }

    /// <summary>The sum of weighted worths.</summary>
    public double Worth { get; private set; }

    /// <summary>The sum of weighted squared worths.</summary>
    public double Squares { get; private set; }

    public void Add(ReadOnlySpan<bool> members, double worth, double weight)
    {
        Weight += weight;
        Worth += weight * worth;
        Squares += weight * worth * worth;

        // Members are as likely present as absent, so that branches would be mispredicted.
        ReadOnlySpan<byte> isMember = MemoryMarshal.AsBytes(members);
        Span<double> weights = _weights.AsSpan(_waiting * _worths.Length, isMember.Length);
        for (int f = 0; f < isMember.Length; f++)
            weights[f] = weight * isMember[f];
        members.CopyTo(_members.AsSpan(_waiting * _features));
        _waitingWorths[_waiting] = worth;
        if (++_waiting == Block)
            AddWaiting();
    }

    /// <summary>
    /// Returns the sum of weights where both features are present; of a feature with itself, where it is present.
    /// </summary>
    public double At(int feature, int other)
    {
        AddWaiting();
        return feature >= other ? _together[feature][other] : _together[other][feature];
    }

    /// <summary>Returns, for each feature, the sum of weighted worths where it is present.</summary>
    public ReadOnlySpan<double> Worths()
    {
        AddWaiting();
        return _worths.AsSpan(0, _features);
    }

    private void AddWaiting()
    {
        if (_waiting == 0)
            return;
        for (int f = 0; f < _features; f++)
            AddProducts(_together[f], IsPresent(0, f), IsPresent(1, f), IsPresent(2, f), IsPresent(3, f));
        AddProducts(_worths, _waitingWorths[0], _waitingWorths[1], _waitingWorths[2], _waitingWorths[3]);
        Array.Clear(_weights);
        Array.Clear(_members);
        Array.Clear(_waitingWorths);
        _waiting = 0;
    }

    private double IsPresent(int waiting, int feature) => _members[(waiting * _features) + feature] ? 1 : 0;

    /// <summary>Adds the products of the waiting weights and a factor for each.</summary>
    private void AddProducts(double[] sums, double a, double b, double c, double d)
    {
        Span<Vector<double>> to = MemoryMarshal.Cast<double, Vector<double>>(sums.AsSpan());
        ReadOnlySpan<Vector<double>> first = WeightsOf(0);
        ReadOnlySpan<Vector<double>> second = WeightsOf(1);
        ReadOnlySpan<Vector<double>> third = WeightsOf(2);
        ReadOnlySpan<Vector<double>> fourth = WeightsOf(3);
        for (int i = 0; i < to.Length; i++)
            to[i] = to[i] + (first[i] * a) + (second[i] * b) + (third[i] * c) + (fourth[i] * d);
    }

    private ReadOnlySpan<Vector<double>> WeightsOf(int waiting) =>
        MemoryMarshal.Cast<double, Vector<double>>(_weights.AsSpan(waiting * _worths.Length, _worths.Length));

    private static int WholeVectors(int count) =>
        (count + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
}
