namespace TorchBoard.Reading;

/// <summary>
/// The restarts of a run as they are met, each with the step from which it takes points back. They are applied once,
/// at the end: a file may hold millions of them, and each would otherwise look at every point before it.
/// </summary>
internal sealed class Restarts
{
    // Ascending in both: a restart with a lower step makes those before it needless.
    private readonly List<(int Number, long Step)> _least = [];

    /// <summary>How many there were up to now.</summary>
    public int Count { get; private set; }

    /// <summary>A run starts anew at a step: points of it and of later steps that came before do not count.</summary>
    public void Add(long step)
    {
        while (_least.Count > 0 && _least[^1].Step >= step)
            _least.RemoveAt(_least.Count - 1);
        _least.Add((Count++, step));
    }

    /// <summary>The least step of the restarts after the first so many; null where there are none.</summary>
    public long? LeastAfter(int after)
    {
        if (after >= Count)
            return null;
        int low = 0;
        for (int high = _least.Count - 1; low < high;)
        {
            int middle = (low + high) / 2;
            if (_least[middle].Number < after)
                low = middle + 1;
            else
                high = middle;
        }

        return _least[low].Step;
    }
}
