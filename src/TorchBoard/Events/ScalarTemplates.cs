namespace TorchBoard.Events;

/// <summary>The templates of the tags that one thread writes, so that each tag is encoded once.</summary>
internal sealed class ScalarTemplates
{
    /// <summary>As many as a run may well have; the memory for any number of them would know no bound.</summary>
    private const int MostKept = 1024;

    private const int LongestKept = 256;

    private readonly Dictionary<string, ScalarTemplate> _kept = new(StringComparer.Ordinal);
    private readonly ScalarTemplate _other = new();
    private ScalarTemplate _last = new();

    /// <summary>A tag's template at a step; good until the next is asked for.</summary>
    /// <exception cref="ArgumentException">The tag is no valid Unicode.</exception>
    public ScalarTemplate Of(string tag, long step)
    {
        // A training loop writes the same tags in the same order at each step.
        if (_last.Next is { } expected && expected.Name == tag && expected.Fits(step))
        {
            _last = expected;
            return expected;
        }

        return Find(tag, step);
    }

    private ScalarTemplate Find(string tag, long step)
    {
        if (!_kept.TryGetValue(tag, out ScalarTemplate? found))
            found = _kept.Count < MostKept && tag.Length <= LongestKept ? new ScalarTemplate() : _other;
        if (found.Name != tag || !found.Fits(step))
            found.Encode(tag, step);
        if (found != _other)
            _kept[tag] = found;
        _last.Next = found;
        _last = found;
        return found;
    }
}
