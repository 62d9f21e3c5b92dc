namespace TorchBoard.Events;

/// <summary>The templates of the tags that one thread writes, so that each tag is encoded once.</summary>
internal sealed class ScalarTemplates
{
    /// <summary>As many as a run may well have; the memory for any number of them would know no bound.</summary>
    private const int MostKept = 1024;

    private const int LongestKept = 256;

    private readonly Dictionary<string, int> _kept = new(StringComparer.Ordinal);

    // The first is of whatever is not kept.
    private ScalarTemplate[] _templates = [new ScalarTemplate()];

    // By number: for a reference that is stored at each call, the garbage collector would have to be told each time.
    private int _last;
    private int _expected;

    /// <summary>A tag's template at a step; good until the next is asked for.</summary>
    /// <exception cref="ArgumentException">The tag is no valid Unicode.</exception>
    public ScalarTemplate Of(string tag, long step)
    {
        // A training loop writes the same tags in the same order at each step.
        ScalarTemplate expected = _templates[_expected];
        if (expected.Name == tag && expected.Fits(step))
        {
            _last = _expected;
            _expected = expected.Next;
            return expected;
        }

        return Find(tag, step);
    }

    private ScalarTemplate Find(string tag, long step)
    {
        bool isNew = !_kept.TryGetValue(tag, out int number) && _kept.Count < MostKept && tag.Length <= LongestKept;
        if (isNew)
            number = Add();
        ScalarTemplate found = _templates[number];
        if (found.Name != tag || !found.Fits(step))
            found.Encode(tag, step);
        if (isNew)
            _kept.Add(tag, number);
        _templates[_last].Next = number;
        _last = number;
        _expected = found.Next;
        return found;
    }

    // Good for the next tag too where this one turns out to be no valid Unicode.
    private int Add()
    {
        int number = _kept.Count + 1;
        if (number == _templates.Length)
            Array.Resize(ref _templates, 2 * number);
        _templates[number] ??= new ScalarTemplate();
        return number;
    }
}
