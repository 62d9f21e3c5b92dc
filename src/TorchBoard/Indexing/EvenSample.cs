namespace TorchBoard.Indexing;

/// <summary>
/// At most a given number of values, evenly spaced: the first, the last, and others at a distance that doubles when the
/// space is used up. Of one, the last.
/// </summary>
/// <param name="max">The maximum number of values; at least 1.</param>
internal sealed class EvenSample(int max)
{
    private readonly List<IndexedValue> _values = [];
    private IndexedValue _last;
    private bool _isLastStored = true;
    private long _count;
    private long _distance = 1;

    /// <summary>The number of values stored.</summary>
    public int Count => _values.Count + (_isLastStored ? 0 : 1);

    public long MaxStep { get; private set; } = long.MinValue;

    public double MaxWallTime { get; private set; } = double.NegativeInfinity;

    public int MaxLength { get; private set; }

    public void Add(in IndexedValue value)
    {
        Track(value);
        _last = value;
        _isLastStored = _count % _distance == 0 && TryStore();
        _count++;
    }

    /// <summary>Removes the values at a step or later.</summary>
    public void RemoveFrom(long step)
    {
        if (step > MaxStep)
            return;
        if (!_isLastStored)
            _values.Add(_last);
        _values.RemoveAll(value => value.Step >= step);
        (MaxStep, MaxWallTime, MaxLength) = (long.MinValue, double.NegativeInfinity, 0);
        foreach (IndexedValue value in _values)
            Track(value);
        _isLastStored = true;
        _last = default;
        if (_values.Count > 0 && _values.Count >= max)
        {
            _last = _values[^1];
            _values.RemoveAt(_values.Count - 1);
            _isLastStored = false;
        }

        _count = _values.Count * _distance;
    }

    /// <summary>Returns at most so many of the values, evenly spaced, with the last.</summary>
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

    // One place is for the last value.
    private bool TryStore()
    {
        if (_values.Count < max - 1)
        {
            _values.Add(_last);
            return true;
        }

        // Every second value stays, and the new one is one of them if it has an even place.
        bool isEven = _values.Count % 2 == 0;
        int kept = 0;
        for (int i = 0; i < _values.Count; i += 2)
            _values[kept++] = _values[i];
        _values.RemoveRange(kept, _values.Count - kept);
        _distance *= 2;
        if (!isEven || kept >= max - 1)
            return false;
        _values.Add(_last);
        return true;
    }
}
