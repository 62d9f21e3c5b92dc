namespace TorchBoard.Monitoring;

/// <summary>The series of one instrument, found by the tags of a measurement without a lock or an allocation.</summary>
/// <param name="tag">The instrument's tag.</param>
/// <param name="create">Creates a series from its tag.</param>
/// <param name="limit">The maximum number of tag sets that are recorded separately.</param>
/// <param name="hasRest">Whether measurements with further tag sets are recorded together, not dropped.</param>
internal sealed class RecordedInstrument(
    string tag, Func<string, MeasuredSeries> create, int limit, bool hasRest)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, MeasuredSeries> _byTag = new(StringComparer.Ordinal);

    // Replaced when it grows; entries are only added, so that readers need no lock.
    private TagSet?[] _sets = new TagSet?[8];
    private int _setCount;
    private MeasuredSeries? _untagged;
    private MeasuredSeries? _rest;
    private bool _isFull;
    private bool _isFullReported;

    public string Tag => tag;

    /// <summary>The number of instruments of this name that are not disposed.</summary>
    public int Users { get; set; }

    public void Add(long value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => Find(tags)?.Add(value);

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => Find(tags)?.Add(value);

    public void Write(IMeterOutput output, in MeterSample sample)
    {
        MeasuredSeries[] all;
        lock (_gate)
            all = [.. _byTag.Values];
        foreach (MeasuredSeries series in all)
            series.Write(output, sample);
        if (Volatile.Read(ref _isFull) && !_isFullReported)
        {
            _isFullReported = true;
            output.ReportManyTagSets(tag, limit);
        }
    }

    private MeasuredSeries? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return _untagged ?? AddUntagged();
        if (!TagSet.TryHash(tags, out uint hash))
            return Rest();
        TagSet?[] sets = Volatile.Read(ref _sets);
        for (uint i = hash; sets[i & (uint)(sets.Length - 1)] is { } set; i++)
        {
            if (set.Hash == hash && set.Matches(tags))
                return set.Series;
        }

        return Volatile.Read(ref _isFull) ? _rest : AddSet(tags, hash);
    }

    private MeasuredSeries AddUntagged()
    {
        lock (_gate)
            return _untagged ??= SeriesOf(tag);
    }

    private MeasuredSeries? Rest()
    {
        lock (_gate)
        {
            _isFull = true;
            return _rest ??= hasRest ? SeriesOf($"{tag}/other") : null;
        }
    }

    private MeasuredSeries? AddSet(ReadOnlySpan<KeyValuePair<string, object?>> tags, uint hash)
    {
        string text;
        try
        {
            text = MeterTagText.Of(tags);
        }
        catch (Exception)
        {
            // A value whose text cannot be made must not fail the code that measures.
            return Rest();
        }

        lock (_gate)
        {
            if (_setCount >= limit)
                return Rest();

            // Two threads may add the same set, and the same tags come in another order: one series has them all.
            var added = new TagSet(tags.ToArray(), hash, SeriesOf($"{tag}/{text}"));
            _setCount++;
            if (2 * _setCount > _sets.Length)
                Grow();
            Insert(_sets, added);
            return added.Series;
        }
    }

    private MeasuredSeries SeriesOf(string seriesTag)
    {
        if (!_byTag.TryGetValue(seriesTag, out MeasuredSeries? series))
            _byTag[seriesTag] = series = create(seriesTag);
        return series;
    }

    private void Grow()
    {
        var grown = new TagSet?[2 * _sets.Length];
        foreach (TagSet? set in _sets)
        {
            if (set is not null)
                Insert(grown, set);
        }

        Volatile.Write(ref _sets, grown);
    }

    private static void Insert(TagSet?[] sets, TagSet set)
    {
        uint mask = (uint)sets.Length - 1;
        uint i = set.Hash & mask;
        while (sets[i] is not null)
            i = (i + 1) & mask;
        Volatile.Write(ref sets[i], set);
    }
}
