using System.Runtime.CompilerServices;

namespace TorchBoard.Events;

/// <summary>The templates of the tags that one thread writes, so that each tag is encoded only once.</summary>
internal sealed class ScalarTemplates
{
    /// <summary>The maximum number of templates, more than the tags of a typical run; limits the memory.</summary>
    private const int MostKept = 1024;

    private const int LongestKept = 256;

    private readonly Dictionary<string, int> _kept = new(StringComparer.Ordinal);

    // The first template serves all tags that have none of their own.
    private ScalarTemplate[] _templates = [new ScalarTemplate()];

    // An index, because storing a reference in each call would require a GC write barrier.
    private int _last;
    private int _expected;

    /// <summary>Returns the template of a tag for a step; valid until the next call.</summary>
    /// <exception cref="ArgumentException">The tag is not valid Unicode.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    // The new template is reused for the next tag if this one turns out not to be valid Unicode.
    private int Add()
    {
        int number = _kept.Count + 1;
        if (number == _templates.Length)
            Array.Resize(ref _templates, 2 * number);
        _templates[number] ??= new ScalarTemplate();
        return number;
    }
}
