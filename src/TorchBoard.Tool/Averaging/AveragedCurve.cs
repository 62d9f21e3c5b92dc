using System.Runtime.InteropServices;
using TorchBoard.Tool.Comparing;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Averaging;

/// <summary>The curve of a tag, averaged over runs. Takes the runs one by one, and no memory for each.</summary>
internal sealed class AveragedCurve(string tag)
{
    private readonly Dictionary<long, AveragedPoint> _points = [];
    private readonly List<(string Run, int Steps, long LastStep)> _runs = [];

    public string Tag => tag;

    /// <summary>The wall time of the first point of all runs.</summary>
    public double Start { get; private set; } = double.PositiveInfinity;

    /// <summary>The number of runs that have the tag.</summary>
    public int Runs => _runs.Count;

    /// <summary>The points by ascending steps.</summary>
    public IEnumerable<(long Step, AveragedPoint Point)> Points =>
        _points.OrderBy(entry => entry.Key).Select(entry => (entry.Key, entry.Value));

    /// <summary>Adds the curve of a run. If it repeats a step, its last value counts.</summary>
    public void Add(ScalarSeries curve)
    {
        var last = new Dictionary<long, int>();
        for (int i = 0; i < curve.Count; i++)
            last[curve.Steps[i]] = i;
        if (last.Count == 0)
            return;
        double start = curve.WallTimes[0];
        if (start < Start)
            Start = start;
        foreach ((long step, int at) in last)
        {
            double elapsed = curve.WallTimes[at] - start;
            CollectionsMarshal.GetValueRefOrAddDefault(_points, step, out _)
                .Add(curve.Values[at], double.IsFinite(elapsed) ? elapsed : 0);
        }

        _runs.Add((curve.Run, last.Count, last.Keys.Max()));
    }

    /// <summary>The runs that do not have the whole curve.</summary>
    /// <param name="allRuns">The names of all runs.</param>
    public IEnumerable<MissingData> Missing(IEnumerable<string> allRuns)
    {
        foreach (string run in allRuns.Except(_runs.Select(run => run.Run)))
            yield return new MissingData(MissingKinds.Tags, run, tag, $"The run '{run}' has no '{tag}', unlike others.");
        foreach ((string run, int steps, long lastStep) in _runs.Where(run => run.Steps < _points.Count))
        {
            yield return new MissingData(
                MissingKinds.Steps, run, tag,
                $"The run '{run}' has {Shown.Count(steps)} of {Shown.Count(_points.Count, "step")} of '{tag}', the last at "
                + $"step {Shown.Step(lastStep)}.");
        }
    }
}
