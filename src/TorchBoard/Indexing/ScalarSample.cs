using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchBoard.Indexing;

/// <summary>
/// At most a given number of points of a curve, chosen while they arrive. The curve is divided into sections, and the
/// first, the last, the lowest and the highest point of each are stored, so that no spike is lost; NaN counts as the
/// highest value. Curves with fewer points are stored whole.
/// </summary>
/// <param name="max">The maximum number of points; at least 1.</param>
/// <param name="extra">The source of additional points, up to ten times as many; null for none.</param>
internal sealed class ScalarSample(int max, PointBudget? extra = null)
{
    private const int PointsOfSection = 4;
    private const int ExtraFactor = 10;

    // Fewer do not form several sections; reading then chooses fewer.
    private readonly int _wanted = Math.Max(max, 4 * PointsOfSection);
    private int _capacity = Math.Max(max, 4 * PointsOfSection);

    private Point[] _points = [];
    private int _count;

    // The numbers of points stored of each section; null as long as each point is one.
    private List<byte>? _sections;
    private int _width = 1;

    // The last section, to which points are added.
    private int _seenOfLast;
    private double _leastOfLast;
    private double _greatestOfLast;

    private bool _isSorted = true;

    // The section to merge with its successor when space is needed, and the index of its first point.
    private int _next;
    private int _nextStart;

    /// <summary>The number of points stored.</summary>
    public int Count => _count;

    /// <summary>The number of points that were added and not removed; about as many after some of a longer curve were removed.</summary>
    public long Total { get; private set; }

    /// <summary>The number of points taken from the extra ones.</summary>
    public int Extra => _capacity - _wanted;

    public long MaxStep { get; private set; } = long.MinValue;

    public double MaxWallTime { get; private set; } = double.NegativeInfinity;

    // Optimized from the first call: most runs are read in fewer calls than tiered compilation needs.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(long step, double wallTime, double value)
    {
        Total++;
        _isSorted &= step >= MaxStep;
        MaxStep = Math.Max(MaxStep, step);
        if (wallTime > MaxWallTime)
            MaxWallTime = wallTime;
        var point = new Point(step, wallTime, value);
        if (_sections is null)
        {
            if (_count < _capacity || TryGrow())
            {
                Append(point);
                return;
            }

            BeginSections();
        }

        List<byte> sections = _sections!;
        if (_seenOfLast == _width)
        {
            while (_count >= _capacity)
                MergeNext();
            sections.Add(0);
            _seenOfLast = 0;
            (_leastOfLast, _greatestOfLast) = (value, value);
        }

        _seenOfLast++;
        ref byte stored = ref CollectionsMarshal.AsSpan(sections)[^1];

        // The point before stays only if it is the first of the section, or its lowest or highest.
        if (stored > 1 && _points[_count - 1].Value > _leastOfLast && _points[_count - 1].Value < _greatestOfLast)
        {
            _points[_count - 1] = point;
        }
        else
        {
            while (_count >= _capacity)
                MergeNext();
            stored = ref CollectionsMarshal.AsSpan(sections)[^1];
            Append(point);
            stored++;
        }

        if (!(value >= _leastOfLast))
            _leastOfLast = value;
        if (!(value <= _greatestOfLast))
            _greatestOfLast = value;
        if (stored > PointsOfSection)
        {
            int start = _count - stored;
            stored = (byte)Reduce(start, stored);
            _count = start + stored;
        }
    }

    /// <summary>Removes the points at a step or later.</summary>
    public void RemoveFrom(long step)
    {
        if (step > MaxStep)
            return;
        if (_isSorted && _sections is null)
        {
            // Restarts may be as many as points.
            while (_count > 0 && _points[_count - 1].Step >= step)
                _count--;
            Total = _count;
            (MaxStep, MaxWallTime) = _count > 0
                ? (_points[_count - 1].Step, _points[_count - 1].WallTime)
                : (long.MinValue, double.NegativeInfinity);
            return;
        }

        int kept = 0;
        int at = 0;
        double seen = 0;
        double left = 0;
        List<byte> sections = _sections ?? [];
        for (int section = 0; at < _count; section++)
        {
            int end = at + (_sections is null ? 1 : sections[section]);
            int start = kept;
            int stored = end - at;
            for (; at < end; at++)
            {
                if (_points[at].Step < step)
                    _points[kept++] = _points[at];
            }

            if (_sections is null)
                continue;

            // As many of the points that are not stored are removed as of those that are.
            sections[section] = (byte)(kept - start);
            int width = end == _count ? _seenOfLast : section < _next ? 2 * _width : _width;
            seen += width;
            left += width * (kept - start) / (double)stored;
        }

        Total = _sections is null ? kept : (long)Math.Round(Total * left / seen);
        _count = kept;
        sections.RemoveAll(stored => stored == 0);
        _seenOfLast = _width;
        (_next, _nextStart) = (0, 0);
        MaxStep = long.MinValue;
        MaxWallTime = double.NegativeInfinity;
        foreach (Point point in _points.AsSpan(0, _count))
        {
            MaxStep = Math.Max(MaxStep, point.Step);
            if (point.WallTime > MaxWallTime)
                MaxWallTime = point.WallTime;
        }
    }

    /// <summary>
    /// Returns at most this many of the points, chosen in the same way, and for each of them whether it is there only as the
    /// lowest or highest of its section.
    /// </summary>
    public (long[] Steps, double[] WallTimes, double[] Values, bool[] Extremes) Read(int most)
    {
        int count = Math.Min(most, Extra > 0 ? _count : Math.Min(max, _count));
        bool[] extremes = StoredExtremes();
        int[]? chosen = count < _count ? Choose(_points.AsSpan(0, _count), ref extremes, count) : null;
        int length = chosen?.Length ?? _count;
        long[] steps = new long[length];
        double[] wallTimes = new double[length];
        double[] values = new double[length];
        for (int i = 0; i < length; i++)
        {
            Point point = _points[chosen?[i] ?? i];
            (steps[i], wallTimes[i], values[i]) = (point.Step, point.WallTime, point.Value);
        }

        return (steps, wallTimes, values, extremes);
    }

    // The first and the last of a section are chosen by their position, those between by their value.
    private bool[] StoredExtremes()
    {
        bool[] extremes = new bool[_count];
        int start = 0;
        foreach (byte stored in _sections ?? [])
        {
            if (stored > 2)
                extremes.AsSpan(start + 1, stored - 2).Fill(true);
            start += stored;
        }

        return extremes;
    }

    /// <summary>Returns the indices of the points to keep, and sets which of these are extremes.</summary>
    private static int[] Choose(ReadOnlySpan<Point> points, ref bool[] extremes, int count)
    {
        var kept = new List<int>(count);
        var keptExtremes = new List<bool>(count);
        if (count < PointsOfSection)
        {
            // The last one alone, or the ends and one between.
            for (int i = count - 1; i >= 0; i--)
            {
                int at = points.Length - 1 - (int)((long)i * (points.Length - 1) / Math.Max(count - 1, 1));
                kept.Add(at);
                keptExtremes.Add(extremes[at]);
            }
        }

        int sections = count / PointsOfSection;
        for (int i = 0; i < sections; i++)
        {
            int start = (int)((long)i * points.Length / sections);
            int end = (int)((long)(i + 1) * points.Length / sections);
            (int least, int greatest) = LeastAndGreatest(points[start..end]);

            // The ends are chosen by their position, also among those that were.
            ReadOnlySpan<bool> known = extremes.AsSpan(start, end - start);
            int first = Math.Max(known.IndexOf(false), 0);
            int last = Math.Max(known.LastIndexOf(false), first);
            for (int at = 0; at < end - start; at++)
            {
                bool isEnd = at == first || at == last;
                if (!isEnd && at != least && at != greatest)
                    continue;
                kept.Add(start + at);
                keptExtremes.Add(!isEnd);
            }
        }

        extremes = [.. keptExtremes];
        return [.. kept];
    }

    private bool TryGrow()
    {
        int more = (int)Math.Min(_capacity, ((long)ExtraFactor * _wanted) - _capacity);
        if (more <= 0 || extra?.TryTake(more) != true)
            return false;
        _capacity += more;
        return true;
    }

    private void BeginSections()
    {
        _sections = new List<byte>(_capacity);
        for (int i = 0; i < _count; i++)
            _sections.Add(1);
        _seenOfLast = 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(in Point point)
    {
        if (_count == _points.Length)
            Array.Resize(ref _points, (int)Math.Min(Math.Max(4L, 2L * _count), Math.Min(_capacity + 1L, Array.MaxLength)));
        _points[_count++] = point;
    }

    // Goes through the sections from the first to the last but one, which are merged in pairs, and begins again.
    private void MergeNext()
    {
        List<byte> sections = _sections!;
        if (_next + 2 >= sections.Count)
        {
            (_next, _nextStart) = (0, 0);
            _width *= 2;
        }

        int stored = sections[_next] + sections[_next + 1];
        int kept = Reduce(_nextStart, stored);
        int rest = _nextStart + stored;
        Array.Copy(_points, rest, _points, _nextStart + kept, _count - rest);
        _count -= stored - kept;
        sections[_next] = (byte)kept;
        sections.RemoveAt(_next + 1);
        _nextStart += kept;
        _next++;
    }

    /// <summary>Moves the first, last, lowest and highest of some points to their beginning.</summary>
    /// <returns>The number of these points.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Reduce(int start, int count)
    {
        Span<Point> points = _points.AsSpan(start, count);
        (int least, int greatest) = LeastAndGreatest(points);
        int kept = 0;
        for (int i = 0; i < points.Length; i++)
        {
            if (i == 0 || i == points.Length - 1 || i == least || i == greatest)
                points[kept++] = points[i];
        }

        return kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Least, int Greatest) LeastAndGreatest(ReadOnlySpan<Point> points)
    {
        int least = 0;
        int greatest = 0;
        for (int i = 1; i < points.Length; i++)
        {
            double value = points[i].Value;
            if (value < points[least].Value || (double.IsNaN(points[least].Value) && !double.IsNaN(value)))
                least = i;
            if (value > points[greatest].Value || (double.IsNaN(value) && !double.IsNaN(points[greatest].Value)))
                greatest = i;
        }

        return (least, greatest);
    }

    private readonly record struct Point(long Step, double WallTime, double Value);
}
