namespace TorchBoard.Reading;

/// <summary>Counts the points of one tag and stores at most a given number of them, evenly spaced.</summary>
/// <param name="max">The maximum number of points to store: zero for none, or at least two.</param>
/// <param name="known">The restarts of the run if they are known; the points that they remove are not counted.</param>
internal sealed class SampledPoints(int max, Restarts known) : Points
{
    private readonly List<Point> _samples = [];
    private long _count;
    private long _distance = 1;
    private Point _first;
    private Point _last;
    private int _restarts;
    private long? _removedFrom = known.LeastAfter(0);

    public override int Count => (int)Math.Min(_count, int.MaxValue);

    public override long FirstStep => _first.Step;

    public override long LastStep => _last.Step;

    public override double LastWallTime => _last.WallTime;

    public void Add(long step, double wallTime, double value, int restarts)
    {
        if (restarts != _restarts)
            _removedFrom = known.LeastAfter(_restarts = restarts);
        if (step >= _removedFrom)
            return;
        _last = new Point(step, wallTime, value);
        if (_count == 0)
            _first = _last;
        if (max > 0 && _count % _distance == 0)
            Store();
        _count++;
    }

    public override void Complete(Restarts restarts)
    {
        if (max > 0 && _count > 0 && (_count - 1) % _distance != 0)
            _samples.Add(_last);
    }

    public override ScalarSeries ToScalars(string run, TagInfo info) => new(
        run, info, [.. _samples.Select(point => point.Step)], [.. _samples.Select(point => point.Value)],
        [.. _samples.Select(point => point.WallTime)]);

    // One place is for the last point.
    private void Store()
    {
        if (_samples.Count < max - 1)
        {
            _samples.Add(_last);
            return;
        }

        // Every second sample stays, and the point is one of them if it has an even place.
        bool isEven = _samples.Count % 2 == 0;
        int kept = 0;
        for (int i = 0; i < _samples.Count; i += 2)
            _samples[kept++] = _samples[i];
        _samples.RemoveRange(kept, _samples.Count - kept);
        _distance *= 2;
        if (isEven)
            _samples.Add(_last);
    }

    private readonly record struct Point(long Step, double WallTime, double Value);
}
