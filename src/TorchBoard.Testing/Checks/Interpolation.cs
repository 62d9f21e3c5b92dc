namespace TorchBoard.Testing.Checks;

/// <summary>
/// A curve as a function of the step: linear between its finite points, undefined before the first and after the last.
/// Of several points at one step, the last one counts.
/// </summary>
internal sealed class Interpolation
{
    private readonly long[] _steps;
    private readonly double[] _values;

    public Interpolation(Curve curve)
    {
        (long[] steps, double[] values) = curve.Finite();
        var points = new SortedDictionary<long, double>();
        for (int i = 0; i < steps.Length; i++)
            points[steps[i]] = values[i];
        _steps = [.. points.Keys];
        _values = [.. points.Values];
    }

    public IReadOnlyList<long> Steps => _steps;

    public bool TryAt(long step, out double value)
    {
        value = double.NaN;
        int index = Array.BinarySearch(_steps, step);
        if (index >= 0)
        {
            value = _values[index];
            return true;
        }

        int after = ~index;
        if (after == 0 || after == _steps.Length)
            return false;
        double share = ((double)step - _steps[after - 1]) / ((double)_steps[after] - _steps[after - 1]);
        value = (_values[after - 1] * (1 - share)) + (_values[after] * share);
        return true;
    }
}
