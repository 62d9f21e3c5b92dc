namespace TorchBoard.Tool.Averaging;

/// <summary>The values of several runs at a step.</summary>
internal struct AveragedPoint
{
    private double _sum;
    private double _mean;
    private double _squares;
    private double _elapsed;

    /// <summary>The number of runs that have the step.</summary>
    public int Runs { get; private set; }

    public readonly double Mean => _sum / Runs;

    /// <summary>The sample standard deviation; null for a single run.</summary>
    public readonly double? Deviation => Runs > 1 ? Math.Sqrt(_squares / (Runs - 1)) : null;

    /// <summary>The mean of the seconds since the first point of each run.</summary>
    public readonly double Elapsed => _elapsed / Runs;

    public void Add(double value, double elapsed)
    {
        Runs++;
        _sum += value;

        // Welford's method: the squares of large values with small differences would cancel out.
        double before = _mean;
        _mean += (value - before) / Runs;
        _squares += (value - before) * (value - _mean);
        _elapsed += elapsed;
    }
}
