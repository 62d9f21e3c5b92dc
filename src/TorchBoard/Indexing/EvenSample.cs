namespace TorchBoard.Indexing;

/// <summary>
/// At most a given number of values, evenly spaced: the first, the last, and others at a distance that doubles when the
/// space is used up. Of one, the last.
/// </summary>
/// <param name="max">The maximum number of values; at least 1.</param>
internal sealed class EvenSample(int max)
{
    // All but the last.
    private readonly List<IndexedValue> _values = [];
    private IndexedValue _last;
    private long _seen;
    private long _distance = 1;

    /// <summary>The number of values stored.</summary>
    public int Count => _values.Count + (_seen > 0 ? 1 : 0);

    /// <summary>The number of values that were added and not removed; about as many after some of a longer series were removed.</summary>
    public long Total => _seen;

    public long MaxStep { get; private set; } = long.MinValue;

    public double MaxWallTime { get; private set; } = double.NegativeInfinity;

    public int MaxLength { get; private set; }

    public void Add(in IndexedValue value)
    {
        Track(value);
        while (IsBeforeWanted() && _values.Count >= max - 1)
            Thin();
        if (IsBeforeWanted())
            _values.Add(_last);
        _last = value;
        _seen++;
    }

    /// <summary>Removes the values at a step or later.</summary>
    public void RemoveFrom(long step)
    {
        if (step > MaxStep)
            return;
        if (_seen > 0)
            _values.Add(_last);
        _values.RemoveAll(value => value.Step >= step);
        (MaxStep, MaxWallTime, MaxLength) = (long.MinValue, double.NegativeInfinity, 0);
        foreach (IndexedValue value in _values)
            Track(value);
        (_seen, _last) = (0, default);
        if (_values.Count == 0)
            return;

        // The space is for as many as before, so the last is one of the evenly spaced from now on.
        _last = _values[^1];
        _values.RemoveAt(_values.Count - 1);
        _seen = (_values.Count * _distance) + 1;
    }

    /// <summary>Returns at most this many of the values, evenly spaced, including the last.</summary>
    public IndexedValue[] Read(int most)
    {
        int count = Math.Min(most, Count);
        var chosen = new IndexedValue[count];
        for (int i = 0; i < count; i++)
            chosen[count - 1 - i] = At(Count - 1 - (int)((long)i * (Count - 1) / Math.Max(count - 1, 1)));
        return chosen;
    }

    public bool TryFind(long step, out IndexedValue found)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            found = At(i);
            if (found.Step == step)
                return true;
        }

        found = default;
        return false;
    }

    private IndexedValue At(int index) => index < _values.Count ? _values[index] : _last;

    private void Track(in IndexedValue value)
    {
        MaxStep = Math.Max(MaxStep, value.Step);
        if (value.WallTime > MaxWallTime)
            MaxWallTime = value.WallTime;
        MaxLength = Math.Max(MaxLength, value.Items.Count);
    }

    // Whether the value that was the last is one of the evenly spaced.
    private bool IsBeforeWanted() => max > 1 && _seen > 0 && (_seen - 1) % _distance == 0;

    private void Thin()
    {
        int kept = 0;
        for (int i = 0; i < _values.Count; i += 2)
            _values[kept++] = _values[i];
        _values.RemoveRange(kept, _values.Count - kept);
        _distance *= 2;
    }
}
