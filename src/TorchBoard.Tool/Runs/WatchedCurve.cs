namespace TorchBoard.Tool.Runs;

/// <summary>A curve that grows.</summary>
internal sealed class WatchedCurve(string run, string tag)
{
    private readonly List<long> _steps = [];
    private readonly List<double> _values = [];
    private readonly List<double> _wallTimes = [];

    public string Run { get; } = run;

    public string Tag { get; } = tag;

    public int Count => _steps.Count;

    public long LastStep => _steps[^1];

    public double LastValue => _values[^1];

    public double LastWallTime => _wallTimes[^1];

    /// <summary>How many points came since someone last looked.</summary>
    public int News { get; set; }

    public void Add(long step, double value, double wallTime)
    {
        _steps.Add(step);
        _values.Add(value);
        _wallTimes.Add(wallTime);
        News++;
    }

    /// <summary>A session starts anew at a step: what was read of it and later ones is forgotten.</summary>
    public void Purge(long fromStep)
    {
        for (int i = _steps.Count - 1; i >= 0; i--)
        {
            if (_steps[i] < fromStep)
                continue;
            _steps.RemoveAt(i);
            _values.RemoveAt(i);
            _wallTimes.RemoveAt(i);
        }
    }

    public ScalarSeries ToSeries() => new(Run, Tag, [.. _steps], [.. _values], [.. _wallTimes]);
}
