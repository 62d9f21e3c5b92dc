using System.Buffers;
using System.Runtime.CompilerServices;

namespace TorchBoard.Reading;

/// <summary>The points of one tag: collected while reading, turned into columns by <see cref="Complete"/>.</summary>
internal abstract class Points
{
    /// <summary>The number of bytes that the values take in the files.</summary>
    public long Bytes { get; set; }

    /// <summary>The number of points, without those that later restarts removed.</summary>
    public abstract int Count { get; }

    public abstract long FirstStep { get; }

    public abstract long LastStep { get; }

    /// <summary>The wall time of the last point, in seconds; 0 if there is none.</summary>
    public abstract double LastWallTime { get; }

    /// <summary>Turns the points into columns, without those that later restarts removed.</summary>
    public abstract void Complete(Restarts restarts);

    public abstract ScalarSeries ToScalars(string run, TagInfo info);
}

/// <inheritdoc/>
/// <remarks>
/// The numbers of a point are collected side by side, because points of many tags alternate, and are not moved until
/// they become columns: touching new memory is a large part of the cost of reading.
/// </remarks>
internal sealed class Points<T> : Points
{
    private const int FirstLength = 16;
    private const int GreatestLength = 1 << 15;

    private readonly List<Point[]> _full = [];
    private Point[] _last = ArrayPool<Point>.Shared.Rent(FirstLength);
    private int _countInFull;
    private int _countInLast;
    private long[] _steps = [];
    private double[] _wallTimes = [];
    private T[] _values = [];

    // Pairs of a point's index and the number of restarts found before it.
    private readonly List<(int First, int Restarts)> _sections = [(0, 0)];
    private int _restarts;

    public override int Count => _steps.Length;

    public override long FirstStep => Count > 0 ? _steps[0] : 0;

    public override long LastStep => Count > 0 ? _steps[^1] : 0;

    public override double LastWallTime => Count > 0 ? _wallTimes[^1] : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long step, double wallTime, T value, int restarts)
    {
        if (restarts != _restarts)
            _sections.Add((_countInFull + _countInLast, _restarts = restarts));
        if (_countInLast == _last.Length)
            Grow();
        _last[_countInLast++] = new Point(step, wallTime, value);
    }

    public override void Complete(Restarts restarts)
    {
        int count = _countInFull + _countInLast;
        _steps = GC.AllocateUninitializedArray<long>(count);
        _wallTimes = GC.AllocateUninitializedArray<double>(count);
        _values = GC.AllocateUninitializedArray<T>(count);
        int at = 0;
        foreach (Point[] points in _full)
            at = MoveToColumns(points, points.Length, at);
        MoveToColumns(_last, _countInLast, at);
        if (restarts.Count > 0)
            Purge(restarts);
    }

    public override ScalarSeries ToScalars(string run, TagInfo info) => _values is double[] scalars
        ? new ScalarSeries(run, info, _steps, scalars, _wallTimes)
        : throw new InvalidOperationException("The points are not scalars.");

    public Series<TValue> ToSeries<TValue>(string run, TagInfo info) => new(
        run, info, _steps, _wallTimes, Array.ConvertAll(_values, value => (TValue)(object)value!));

    private void Grow()
    {
        _full.Add(_last);
        _countInFull += _last.Length;
        _last = ArrayPool<Point>.Shared.Rent(Math.Min(_last.Length * 2, GreatestLength));
        _countInLast = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int MoveToColumns(Point[] points, int count, int at)
    {
        for (int i = 0; i < count; i++, at++)
            (_steps[at], _wallTimes[at], _values[at]) = (points[i].Step, points[i].WallTime, points[i].Value);
        ArrayPool<Point>.Shared.Return(points, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        return at;
    }

    private void Purge(Restarts restarts)
    {
        int kept = 0;
        for (int section = 0; section < _sections.Count; section++)
        {
            int end = section + 1 < _sections.Count ? _sections[section + 1].First : Count;
            long? least = restarts.LeastAfter(_sections[section].Restarts);
            for (int i = _sections[section].First; i < end; i++)
            {
                if (_steps[i] >= least)
                    continue;
                _steps[kept] = _steps[i];
                _wallTimes[kept] = _wallTimes[i];
                _values[kept] = _values[i];
                kept++;
            }
        }

        _steps = _steps[..kept];
        _wallTimes = _wallTimes[..kept];
        _values = _values[..kept];
    }

    private readonly record struct Point(long Step, double WallTime, T Value);
}
