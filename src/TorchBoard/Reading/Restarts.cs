namespace TorchBoard.Reading;

/// <summary>
/// The restarts of a run in the order of the files, each with the step from which it removes points. They are applied
/// once, at the end: a file may hold millions of them, and each would otherwise scan all points before it.
/// </summary>
internal sealed class Restarts
{
    // Both ascending: a restart with a lower step makes earlier ones with higher steps redundant.
    private readonly List<(int Number, long Step)> _least = [];

    /// <summary>The number of restarts found so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a restart at a step: earlier points at this step or later no longer count.</summary>
    public void Add(long step)
    {
        while (_least.Count > 0 && _least[^1].Step >= step)
            _least.RemoveAt(_least.Count - 1);
        _least.Add((Count++, step));
    }

    /// <summary>Returns the lowest step of the restarts after the first so many; null if there are none.</summary>
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
