using TorchBoard.Reading;

namespace TorchBoard.Tool.Runs;

/// <summary>The watched curves, filled by one thread and shown by another.</summary>
internal sealed class WatchedCurves(Func<string, bool> isRunChosen)
{
    private readonly Lock _lock = new();
    private long _version;
    private readonly Dictionary<(string Run, string Tag), WatchedCurve> _curves = [];
    private readonly Dictionary<string, Restarts> _restarts = new(StringComparer.Ordinal);

    /// <summary>A number that differs after each change.</summary>
    public long Version => Volatile.Read(ref _version);

    public void Add(LoggedEvent logged) => Add(logged.Run, logged);

    /// <param name="run">The name of the run, which differs from the event's if several directories are followed.</param>
    /// <param name="logged">The event.</param>
    public void Add(string run, LoggedEvent logged)
    {
        if (!isRunChosen(run))
            return;
        lock (_lock)
        {
            Volatile.Write(ref _version, _version + 1);
            if (logged.IsSessionStart)
                RestartsOf(run).Add(logged.Step);
            foreach (LoggedValue value in logged.Values.Where(value => value.Kind == TagKind.Scalar))
                CurveOf(run, value.Tag).Add(logged.Step, value.Scalar, UnixSeconds.Of(logged.WallTime));
        }
    }

    public void Add(ScalarSeries series)
    {
        lock (_lock)
        {
            Volatile.Write(ref _version, _version + 1);
            WatchedCurve curve = CurveOf(series.Run, series.Tag);
            for (int i = 0; i < series.Count; i++)
                curve.Add(series.Steps[i], series.Values[i], series.WallTimes[i]);
        }
    }

    /// <summary>Returns the last points of the curves with new points.</summary>
    public List<WatchedPoint> TakeNews()
    {
        lock (_lock)
        {
            ApplyRestarts();
            var news = new List<WatchedPoint>();
            foreach (WatchedCurve curve in _curves.Values.Where(curve => curve is { News: > 0, Count: > 0 }))
            {
                news.Add(new WatchedPoint(
                    curve.Run, curve.Tag, curve.LastStep, curve.LastValue, curve.LastWallTime, curve.Count,
                    curve.News));
                curve.News = 0;
            }

            return news;
        }
    }

    /// <summary>Returns the current state of all curves, by tag.</summary>
    public List<(string Tag, List<ScalarSeries> Curves)> Snapshot()
    {
        lock (_lock)
        {
            ApplyRestarts();
            return [.. _curves.Values.Where(curve => curve.Count > 0)
                .GroupBy(curve => curve.Tag, StringComparer.Ordinal)
                .Select(tag => (tag.Key, tag.OrderBy(curve => curve.Run, NaturalOrder.Instance)
                    .Select(curve => curve.ToSeries()).ToList()))];
        }
    }

    private void ApplyRestarts()
    {
        foreach (WatchedCurve curve in _curves.Values)
            curve.ApplyRestarts();
    }

    private WatchedCurve CurveOf(string run, string tag)
    {
        if (!_curves.TryGetValue((run, tag), out WatchedCurve? curve))
            _curves.Add((run, tag), curve = new WatchedCurve(run, tag, RestartsOf(run)));
        return curve;
    }

    private Restarts RestartsOf(string run)
    {
        if (!_restarts.TryGetValue(run, out Restarts? restarts))
            _restarts.Add(run, restarts = new Restarts());
        return restarts;
    }
}
