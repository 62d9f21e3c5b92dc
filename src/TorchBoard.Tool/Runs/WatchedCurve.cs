using TorchBoard.Reading;

namespace TorchBoard.Tool.Runs;

/// <summary>A growing curve.</summary>
/// <param name="run">The run.</param>
/// <param name="tag">The tag.</param>
/// <param name="restarts">The run's restarts. A restart after a point can purge it.</param>
internal sealed class WatchedCurve(string run, string tag, Restarts restarts)
{
    private readonly List<long> _steps = [];
    private readonly List<double> _values = [];
    private readonly List<double> _wallTimes = [];
    private readonly List<int> _restartsBefore = [];
    private int _applied = restarts.Count;

    public string Run { get; } = run;

    public string Tag { get; } = tag;

    public int Count => _steps.Count;

    public long LastStep => _steps[^1];

    public double LastValue => _values[^1];

    public double LastWallTime => _wallTimes[^1];

    /// <summary>The number of points since the last refresh.</summary>
    public int News { get; set; }

    public void Add(long step, double value, double wallTime)
    {
        _steps.Add(step);
        _values.Add(value);
        _wallTimes.Add(wallTime);
        _restartsBefore.Add(restarts.Count);
        News++;
    }

    /// <summary>Removes the points that restarts purged. Call before each access to the points.</summary>
    public void ApplyRestarts()
    {
        if (_applied == restarts.Count)
            return;
        _applied = restarts.Count;
        int kept = 0;
        for (int i = 0; i < _steps.Count; i++)
        {
            if (_steps[i] >= restarts.LeastAfter(_restartsBefore[i]))
                continue;
            (_steps[kept], _values[kept], _wallTimes[kept]) = (_steps[i], _values[i], _wallTimes[i]);
            _restartsBefore[kept++] = _applied;
        }

        int lost = _steps.Count - kept;
        _steps.RemoveRange(kept, lost);
        _values.RemoveRange(kept, lost);
        _wallTimes.RemoveRange(kept, lost);
        _restartsBefore.RemoveRange(kept, lost);
    }

    public ScalarSeries ToSeries() => new(Run, Tag, [.. _steps], [.. _values], [.. _wallTimes]);
}
