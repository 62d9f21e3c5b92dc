namespace TorchBoard.Indexing;

/// <summary>Points that the curves of an index may keep in addition to those that each of them has.</summary>
internal sealed class PointBudget(long points)
{
    private long _left = points;

    public bool TryTake(int count)
    {
        if (Interlocked.Add(ref _left, -count) >= 0)
            return true;
        Return(count);
        return false;
    }

    public void Return(long count) => Interlocked.Add(ref _left, count);
}
